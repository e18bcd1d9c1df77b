//! Why a module is in a program: which modules need it, by which lines and for which names. Only
//! reports read this; no build depends on it. An import of which nothing stays is no reason, so no
//! chain leads through code that was shaken away.

use bundle_base::Span;
use indexmap::IndexMap;

use crate::{
    link::{
        Exports, Found, LinkedModule, Program, Resolved, chunk_assignment::owner,
        wrap::live_requests,
    },
    module::{Module, ModuleId, SymbolRef, Target},
    record::{Effects, Import, ImportName, RequestIndex, RequestKind, SymbolUse},
};

/// That a module needs another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionReason {
    /// What is needed.
    pub of: ModuleId,
    /// Where it is asked for: in the module itself, then in those that only pass it on (`export …
    /// from`). Never empty.
    pub way: Vec<Ask>,
    /// The names that are taken. None: it is needed as a whole, or for what it does.
    pub names: Vec<String>,
}

/// A request, in the module that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    /// Who asks.
    pub by: ModuleId,
    /// Which of its requests.
    pub request: RequestIndex,
    /// The specifier in the source; for a helper of our runtime, what made it necessary.
    pub span: Span,
}

/// No way is longer: re-exports in a cycle are told elsewhere.
const LONGEST: usize = 64;

/// What a module of a program needs of others, in the order of its requests.
pub fn needs(id: ModuleId, program: &Program, exports: &Exports<'_>) -> Vec<InclusionReason> {
    let Some(part) = program.module(id) else { return Vec::new() };
    let module = exports.graph().module(id);
    let mut found = Finding { exports, needs: IndexMap::new() };
    found.names(id, part);
    found.exported(id, part);
    found.effects((id, module), part);
    for request in live_requests(module, part).filter(|request| !is_static(module, *request)) {
        found.request(id, request);
    }
    let is_there = |of: ModuleId| of != id && program.module(of).is_some();
    let needs = found.needs.into_iter().filter(|((of, _), _)| is_there(*of));
    let mut needs: Vec<InclusionReason> =
        needs.map(|((of, _), (way, names))| InclusionReason { of, way, names }).collect();
    needs.sort_by_key(|need| need.way[0].request);
    needs
}

/// Whether a module that stays does something by itself when it runs.
pub fn has_own_effects(module: &Module, part: &LinkedModule) -> bool {
    let mut statements = module.record.statements.iter().zip(&part.live);
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
    /// By what is needed and the request that asks for it.
    needs: IndexMap<(ModuleId, RequestIndex), (Vec<Ask>, Vec<String>)>,
}

impl Finding<'_, '_> {
    /// Imported names that something that stays mentions.
    fn names(&mut self, id: ModuleId, part: &LinkedModule) {
        for import in &self.exports.graph().module(id).record.imports {
            let ask = self.helper(id, part, import).unwrap_or_else(|| self.ask(id, import.request));
            let name = match &import.name {
                ImportName::Named(name) => Some(name.as_str()),
                ImportName::Namespace => None,
            };
            if let Some(resolved) = &part.resolved[import.symbol.0 as usize] {
                self.take(ask, (name, resolved));
            }
            for member in part.members.iter().filter(|member| member.symbol == import.symbol) {
                let first = member.path.first().map(String::as_str);
                self.take(ask, (name.or(first), &member.resolved));
            }
        }
    }

    /// What it exports again, where all its exports are used.
    fn exported(&mut self, id: ModuleId, part: &LinkedModule) {
        for (name, resolved) in &part.exported {
            if owner(resolved).is_some_and(|of| of != id)
                && let Some((first, _)) = self.passes_on(id, name, resolved)
            {
                self.take(first, (Some(name), resolved));
            }
        }
    }

    /// Imports for what the module does when it runs.
    fn effects(&mut self, (id, module): (ModuleId, &Module), part: &LinkedModule) {
        for (index, target) in (0..).map(RequestIndex).zip(&module.targets) {
            if let Target::Module(to) = target
                && is_static(module, index)
                && (self.exports.graph().module(*to).has_side_effects || part.runs.contains(to))
                && !self.exports.graph().module(*to).is_runtime()
            {
                self.request(id, index);
            }
        }
    }

    fn take(&mut self, ask: Ask, (name, resolved): (Option<&str>, &Resolved)) {
        let Some(of) = owner(resolved) else { return };
        let Some(to) = self.exports.graph().module(ask.by).target(ask.request).module() else {
            return;
        };
        let mut way = vec![ask];
        let (mut at, mut called) = (to, name.map(str::to_owned));
        while at != of && way.len() < LONGEST {
            let Some((next, passed)) =
                called.as_deref().and_then(|name| self.passes_on(at, name, resolved))
            else {
                break;
            };
            way.push(next);
            let Some(to) = self.exports.graph().module(at).target(next.request).module() else {
                break;
            };
            (at, called) = (to, passed);
        }
        let (_, names) = self.needs.entry((of, ask.request)).or_insert_with(|| (way, Vec::new()));
        if let Some(name) = name.filter(|name| !names.iter().any(|known| known == name)) {
            names.push(name.to_owned());
        }
    }

    /// The request by which a module exports a name that is another's, and what the name is there.
    fn passes_on(
        &self,
        id: ModuleId,
        name: &str,
        meaning: &Resolved,
    ) -> Option<(Ask, Option<String>)> {
        let module = self.exports.graph().module(id);
        if let Some(export) = module.record.exports.iter().find(|export| export.name == name) {
            let import = self.exports.import_of(SymbolRef { module: id, symbol: export.symbol })?;
            let next = match &import.name {
                ImportName::Named(name) => Some(name.clone()),
                ImportName::Namespace => None,
            };
            return Some((self.ask(id, import.request), next));
        }
        let leads_there = |to: ModuleId| match self.exports.export(to, name) {
            Found::Yes(found) => owner(&found) == owner(meaning),
            Found::No | Found::Ambiguous(..) | Found::Circular => false,
        };
        let star = module
            .record
            .stars
            .iter()
            .find(|star| module.target(star.request).module().is_some_and(leads_there));
        star.map(|star| (self.ask(id, star.request), Some(name.to_owned())))
    }

    fn request(&mut self, id: ModuleId, request: RequestIndex) {
        let Some(of) = self.exports.graph().module(id).target(request).module() else { return };
        let ask = self.ask(id, request);
        self.needs.entry((of, request)).or_insert_with(|| (vec![ask], Vec::new()));
    }

    fn ask(&self, by: ModuleId, request: RequestIndex) -> Ask {
        Ask {
            by,
            request,
            span: self.exports.graph().module(by).record.requests[request.0 as usize].span,
        }
    }

    /// Nobody wrote an import of a helper: what lowering made it of is where it is mentioned first.
    fn helper(&self, by: ModuleId, part: &LinkedModule, import: &Import) -> Option<Ask> {
        let record = &self.exports.graph().module(by).record;
        if record.requests[import.request.0 as usize].kind != RequestKind::Runtime {
            return None;
        }
        let mut live = record.statements.iter().zip(&part.live).filter(|(_, live)| **live);
        let is_it = |used: &&SymbolUse| used.symbol == import.symbol;
        let (used, (statement, _)) =
            live.find_map(|it| Some((it.0.uses.iter().find(is_it)?, it)))?;
        let declared =
            statement.declares.iter().map(|symbol| record.symbols[symbol.0 as usize].span);
        let near = std::iter::once(used.span)
            .chain(declared)
            .chain(statement.uses.iter().map(|used| used.span));
        // What lowering wrote has no place: then the statement is told by a name in it.
        let span = near.into_iter().find(|span| span.end > span.start).unwrap_or(used.span);
        Some(Ask { by, request: import.request, span })
    }
}
