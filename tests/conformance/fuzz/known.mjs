// Programs changed where it is known that what is built of them does something else, or that Node
// does. What a changed program does is right as well.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../../benches/peers/lower/package.json", import.meta.url));

/** A program with one or more of the changes, if it has a place for one. */
export function known(text) {
  const one = CHANGES.map((change) => changed(text, [change]));
  const all = changed(text, CHANGES);
  return [...new Set([...one, all])].filter((each) => each !== null);
}

const CHANGES = [earlyCalls, earlyMethods, withThrow];

function changed(text, changes) {
  const ts = require("typescript");
  let count = 0;
  const transformed = (context) => {
    const visit = (node) => {
      const seen = ts.visitEachChild(node, visit, context);
      for (const change of changes) {
        const made = change(ts, node, seen, context.factory);
        if (made) {
          count++;
          return made;
        }
      }
      return seen;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
  const file = ts.createSourceFile("a.js", text, ts.ScriptTarget.Latest, true);
  const { transformed: [made] } = ts.transform(file, [transformed]);
  return count > 0 ? `${HELPERS}${ts.createPrinter().printFile(made)}` : null;
}

/**
 * `super.a(b)` becomes `super.a.call(this, b)`: a missing method is an error before the arguments are
 * evaluated. Babel and TypeScript do the same.
 */
function earlyCalls(ts, _, seen, factory) {
  const callee = ts.isCallExpression(seen) ? seen.expression : ts.isTaggedTemplateExpression(seen) ? seen.tag : null;
  let member = callee;
  while (member && ts.isParenthesizedExpression(member)) member = member.expression;
  const isMember = member && (ts.isPropertyAccessExpression(member) || ts.isElementAccessExpression(member));
  if (!isMember || member.expression.kind !== ts.SyntaxKind.SuperKeyword || seen.questionDotToken) return null;
  const of = (name) => factory.createPropertyAccessExpression(member, name);
  if (ts.isCallExpression(seen))
    return factory.updateCallExpression(seen, of("call"), undefined, [factory.createThis(), ...seen.arguments]);
  const bound = factory.createCallExpression(of("bind"), undefined, [factory.createThis()]);
  return factory.updateTaggedTemplateExpression(seen, bound, undefined, seen.template);
}

/** `a.b(...c)` becomes `a.b.apply(a, c)`: a missing method is an error before `c` is iterated over. */
function earlyMethods(ts, _, seen, factory) {
  if (!ts.isCallExpression(seen) || seen.questionDotToken || !seen.arguments.some(ts.isSpreadElement)) return null;
  let callee = seen.expression;
  while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
  const key = callee.argumentExpression ?? (callee.name && factory.createStringLiteral(callee.name.text));
  const isMember = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee);
  const isOrdinary = isMember && !ts.isPrivateIdentifier(callee.name ?? key) && !callee.questionDotToken;
  if (!isOrdinary || callee.expression.kind === ts.SyntaxKind.SuperKeyword) return null;
  const method = factory.createCallExpression(factory.createIdentifier("existing"), undefined, [callee.expression, key]);
  return factory.updateCallExpression(seen, method, undefined, seen.arguments);
}

/**
 * In an async generator, `yield*` of an iterator without `throw`: today's standard closes it, and
 * throws a TypeError. Node 20 throws what `throw` was called with.
 */
function withThrow(ts, node, seen, factory) {
  if (!ts.isYieldExpression(seen) || !seen.asteriskToken) return null;
  let around = node.parent;
  while (around && !ts.isFunctionLike(around)) around = around.parent;
  const isAsync = around?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  if (!isAsync) return null;
  const call = factory.createCallExpression(factory.createIdentifier("with_throw"), undefined, [seen.expression]);
  return factory.updateYieldExpression(seen, seen.asteriskToken, call);
}

const HELPERS = `function existing(object, key) {
  const method = object[key];
  if (method == null) throw new TypeError("no method");
  return typeof method === "function" ? method.bind(object) : method;
}
function with_throw(value) {
  if (value == null || value[Symbol.asyncIterator] != null) return value;
  return {
    [Symbol.iterator]() {
      const iterator = value[Symbol.iterator]();
      if (Object(iterator) !== iterator || iterator.throw != null) return iterator;
      return {
        next: (sent) => iterator.next(sent),
        get return() { return iterator.return && ((given) => iterator.return(given)); },
        throw() {
          iterator.return?.();
          throw new TypeError("no throw");
        },
      };
    },
  };
}
`;
