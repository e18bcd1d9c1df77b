import "core-js/actual";
import { z } from "zod/v3";

const User = z
  .object({
    name: z.string().min(2).trim(),
    age: z.number().int().positive().optional(),
    role: z.enum(["admin", "guest"]).default("guest"),
    tags: z.array(z.string()).max(2),
    contact: z.union([z.object({ mail: z.string().email() }), z.object({ phone: z.string().regex(/^\d+$/) })]),
  })
  .refine(({ name, tags }) => !tags.includes(name), { message: "no tag may be the name", path: ["tags"] });

const user = User.parse({ name: " fred ", tags: ["a"], contact: { phone: "123" } });
assert.deepEqual(user, { name: "fred", role: "guest", tags: ["a"], contact: { phone: "123" } });
const refused = User.safeParse({ name: "x", age: -1, tags: ["a", "b", "c"], contact: { mail: "nobody" } });
assert.equal(refused.success, false);
assert.deepEqual(refused.error.issues.map(({ path }) => path.join(".")), ["name", "age", "tags", "contact.mail"]);
assert(refused.error instanceof z.ZodError);
assert.equal(z.coerce.number().transform((n) => n * 2).parse("21"), 42);
assert.deepEqual(z.record(z.tuple([z.literal("a"), z.date()]).nullable()).parse({ k: null }), { k: null });
log("ok");
