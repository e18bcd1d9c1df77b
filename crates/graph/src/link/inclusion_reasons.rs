//! Why a module is in a program: which modules need it, by which requests and for which names. Only
//! reports read this; no build depends on it. An import counts only if tree shaking keeps some of
//! it, so no chain leads through removed code.

use bundle_base::{FxIndexMap, Span};

use crate::{
    link::{
        ExportLookup, Exports, LinkedModule, Program, Resolved, chunk_assignment::owner,
        live_requests,
    },
    module::{Module, ModuleId, SymbolRef, Target},
    record::{Effects, Import, ImportName, RequestIndex, RequestKind, SymbolUse},
};

/// A reason why a module needs another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionReason {
    /// The needed module.
    pub of: ModuleId,
    /// The requests that lead to it: the first is in the module that needs it, the others are in
    /// modules that pass it on (`export … from`). Never empty.
    pub path: Vec<RequestSite>,
    /// The imported names. Empty: the module is needed as a whole, or for its side effects.
    pub names: Vec<String>,
}

/// A request, in the module that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestSite {
    /// The module that makes the request.
    pub by: ModuleId,
    /// The request in its record.
    pub request: RequestIndex,
    /// The specifier in the source; for a helper of our runtime, the code that made it necessary.
    pub span: Span,
}

/// The longest chain that is followed. Only re-exports in a cycle are longer, and these are
/// reported as errors.
const LONGEST: usize = 64;

/// Returns what a module of a program needs from other modules, in the order of its requests.
pub fn needs(id: ModuleId, program: &Program, exports: &Exports<'_>) -> Vec<InclusionReason> {
    let Some(linked) = program.module(id) else { return Vec::new() };
    let module = exports.graph().module(id);
    let mut found = Finding { exports, needs: FxIndexMap::default() };
    found.names(id, linked);
    found.exported(id, linked);
    found.effects(id, module, linked);
    for request in live_requests(module, linked).filter(|request| !is_static(module, *request)) {
        found.request(id, request);
    }
    let is_there = |of: ModuleId| of != id && program.module(of).is_some();
    let needs = found.needs.into_iter().filter(|((of, _), _)| is_there(*of));
    let mut needs: Vec<InclusionReason> =
        needs.map(|((of, _), (path, names))| InclusionReason { of, path, names }).collect();
    needs.sort_by_key(|need| need.path[0].request);
    needs
}

/// Whether an included module has side effects of its own when it runs.
pub fn has_own_effects(module: &Module, linked: &LinkedModule) -> bool {
    let mut statements = module.record.statements.iter().zip(&linked.live);
    module.is_commonjs()
        || statements.any(|(statement, live)| *live && statement.effects == Effects::Any)
}

fn is_static(module: &Module, request: RequestIndex) -> bool {
    matches!(
        module.record.requests[request.0 as usize].kind,
        RequestKind::Import | RequestKind::Runtime
    )
}

struct Finding<'e, 'g> {
    exports: &'e Exports<'g>,
    /// By needed module and first request: the requests that lead to the module, and the imported
    /// names.
    needs: FxIndexMap<(ModuleId, RequestIndex), (Vec<RequestSite>, Vec<String>)>,
}

impl Finding<'_, '_> {
    /// Adds the imported names that live code mentions.
    fn names(&mut self, id: ModuleId, linked: &LinkedModule) {
        for import in &self.exports.graph().module(id).record.imports {
            let site =
                self.helper(id, linked, import).unwrap_or_else(|| self.site(id, import.request));
            let name = match &import.name {
                ImportName::Named(name) => Some(name.as_str()),
                ImportName::Namespace => None,
            };
            if let Some(resolved) = &linked.resolved[import.symbol.0 as usize] {
                self.take(site, name, resolved);
            }
            for member in linked.members.iter().filter(|member| member.symbol == import.symbol) {
                let first = member.path.first().map(String::as_str);
                self.take(site, name.or(first), &member.resolved);
            }
        }
    }

    /// Adds what the module re-exports, where all its exports are used.
    fn exported(&mut self, id: ModuleId, linked: &LinkedModule) {
        for (name, resolved) in &linked.exported {
            if owner(resolved).is_some_and(|of| of != id)
                && let Some((first, _)) = self.passes_on(id, name, resolved)
            {
                self.take(first, Some(name), resolved);
            }
        }
    }

    /// Adds the imports that exist for the side effects of the importee.
    fn effects(&mut self, id: ModuleId, module: &Module, linked: &LinkedModule) {
        for (index, target) in (0..).map(RequestIndex).zip(&module.targets) {
            if let Target::Module(to) = target
                && is_static(module, index)
                && (self.exports.graph().module(*to).has_side_effects || linked.runs.contains(to))
                && !self.exports.graph().module(*to).is_runtime()
            {
                self.request(id, index);
            }
        }
    }

    fn take(&mut self, site: RequestSite, name: Option<&str>, resolved: &Resolved) {
        let Some(of) = owner(resolved) else { return };
        let Some(to) = self.exports.graph().module(site.by).target(site.request).module() else {
            return;
        };
        let mut path = vec![site];
        let (mut at, mut called) = (to, name.map(str::to_owned));
        while at != of && path.len() < LONGEST {
            let Some((next, passed)) =
                called.as_deref().and_then(|name| self.passes_on(at, name, resolved))
            else {
                break;
            };
            path.push(next);
            let Some(to) = self.exports.graph().module(at).target(next.request).module() else {
                break;
            };
            (at, called) = (to, passed);
        }
        let (_, names) = self.needs.entry((of, site.request)).or_insert_with(|| (path, Vec::new()));
        if let Some(name) = name.filter(|name| !names.iter().any(|known| known == name)) {
            names.push(name.to_owned());
        }
    }

    /// Returns the request by which a module re-exports a name, and the name in the importee
    /// (`None`: the namespace).
    fn passes_on(
        &self,
        id: ModuleId,
        name: &str,
        meaning: &Resolved,
    ) -> Option<(RequestSite, Option<String>)> {
        let module = self.exports.graph().module(id);
        if let Some(export) = module.record.exports.iter().find(|export| export.name == name) {
            let import = self.exports.import_of(SymbolRef { module: id, symbol: export.symbol })?;
            let next = match &import.name {
                ImportName::Named(name) => Some(name.clone()),
                ImportName::Namespace => None,
            };
            return Some((self.site(id, import.request), next));
        }
        let leads_there = |to: ModuleId| match self.exports.export(to, name) {
            ExportLookup::Yes(found) => owner(&found) == owner(meaning),
            ExportLookup::No | ExportLookup::Circular => false,
        };
        let star = module
            .record
            .stars
            .iter()
            .find(|star| module.target(star.request).module().is_some_and(leads_there));
        star.map(|star| (self.site(id, star.request), Some(name.to_owned())))
    }

    fn request(&mut self, id: ModuleId, request: RequestIndex) {
        let Some(of) = self.exports.graph().module(id).target(request).module() else { return };
        let site = self.site(id, request);
        self.needs.entry((of, request)).or_insert_with(|| (vec![site], Vec::new()));
    }

    fn site(&self, by: ModuleId, request: RequestIndex) -> RequestSite {
        RequestSite {
            by,
            request,
            span: self.exports.graph().module(by).record.requests[request.0 as usize].span,
        }
    }

    /// Returns the reason for a helper import, which no source contains: its place is the first
    /// code from which lowering made a use of the helper. `None`: the import is not of a helper.
    fn helper(&self, by: ModuleId, linked: &LinkedModule, import: &Import) -> Option<RequestSite> {
        let record = &self.exports.graph().module(by).record;
        if record.requests[import.request.0 as usize].kind != RequestKind::Runtime {
            return None;
        }
        let mut live = record.statements.iter().zip(&linked.live).filter(|(_, live)| **live);
        let is_of_import =
            |used: &&SymbolUse| used.symbol == import.symbol && !linked.is_dead_use(used);
        let (used, (statement, _)) =
            live.find_map(|it| Some((it.0.uses.iter().find(is_of_import)?, it)))?;
        let declared =
            statement.declares.iter().map(|symbol| record.symbols[symbol.0 as usize].span);
        let near = std::iter::once(used.span)
            .chain(declared)
            .chain(statement.uses.iter().map(|used| used.span));
        // Code that lowering wrote has no position: then it gets the position of a name in the same
        // statement.
        let span = near.into_iter().find(|span| span.end > span.start).unwrap_or(used.span);
        Some(RequestSite { by, request: import.request, span })
    }
}
