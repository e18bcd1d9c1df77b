// The S3 server of moto, which checks signatures. Values are looked at by Amazon's own client.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answering, freePort } from "./ports.mjs";

s3.programs = ["moto_server", "python3"];

const CLIENT = `
import boto3, json, sys
port, key, secret, verb, name, file = (sys.argv[1:] + [""] * 6)[:6]
host = dict(endpoint_url=f"http://127.0.0.1:{port}", region_name="eu-west-1",
            aws_access_key_id=key, aws_secret_access_key=secret)
s3 = boto3.client("s3", **host)
if verb == "setup":
    iam = boto3.client("iam", **host)
    iam.create_user(UserName="ci")
    made = iam.create_access_key(UserName="ci")["AccessKey"]
    rule = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
    iam.put_user_policy(UserName="ci", PolicyName="all", PolicyDocument=policy)
    place = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="cache", CreateBucketConfiguration=place)
    print(made["AccessKeyId"], made["SecretAccessKey"])
elif verb == "list":
    found = s3.list_objects_v2(Bucket="cache").get("Contents", [])
    print("\\n".join(one["Key"] for one in found))
elif verb == "get":
    open(file, "wb").write(s3.get_object(Bucket="cache", Key=name)["Body"].read())
elif verb == "set":
    s3.put_object(Bucket="cache", Key=name, Body=open(file, "rb").read())
elif verb == "remove":
    s3.delete_object(Bucket="cache", Key=name)
`;

/** Starts it with an empty bucket. */
export async function s3(folder) {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "client.py"), CLIENT);
  // The requests that set it up need no rights: three for the user, one for the bucket.
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", `${port}`], {
    stdio: "ignore",
    env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: "4" },
  });
  await answering(port);
  const ask = (key, secret, ...words) => {
    const all = [join(folder, "client.py"), `${port}`, key, secret, ...words];
    const { status, stdout, stderr } = spawnSync("python3", all, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const [key, secret] = ask("any", "any", "setup").split(" ");
  const by = (...words) => ask(key, secret, ...words);
  const file = join(folder, "value");
  const address = `s3://cache/team?region=eu-west-1&endpoint=http://127.0.0.1:${port}`;
  const write = { BUNDLE_CACHE_WRITE: "main" };
  const other = { BUNDLE_CACHE_REMOTE: address.replace("team", "other") };
  return {
    address,
    credentials: { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret },
    faults: [
      { name: "wrong secret", variables: { AWS_SECRET_ACCESS_KEY: "guessed" }, warns: true },
      { name: "unknown key", variables: { AWS_ACCESS_KEY_ID: "AKIANOBODY" }, warns: true },
      {
        name: "wrong secret, written to",
        variables: { ...other, ...write, AWS_SECRET_ACCESS_KEY: "guessed" },
        warns: true,
      },
      {
        name: "no such bucket",
        variables: { BUNDLE_CACHE_REMOTE: address.replace("cache", "cash") },
      },
      {
        name: "no such bucket, written to",
        variables: { BUNDLE_CACHE_REMOTE: address.replace("cache", "cash"), ...write },
        warns: true,
      },
      {
        name: "no server",
        variables: { BUNDLE_CACHE_REMOTE: address.replace(`${port}`, `${await freePort()}`) },
      },
      {
        name: "silent",
        begin() {
          child.kill("SIGSTOP");
          return () => child.kill("SIGCONT");
        },
      },
      {
        name: "a clock that is three days behind",
        before: ["faketime", "-f", "-3d"],
        variables: { DONT_FAKE_MONOTONIC: "1" },
        isHarmless: true,
      },
    ],
    list: () => by("list").split("\n"),
    get(name) {
      by("get", name, file);
      return readFileSync(file);
    },
    set(name, bytes) {
      writeFileSync(file, bytes);
      by("set", name, file);
    },
    remove: (name) => by("remove", name),
    stop: () => child.kill("SIGKILL"),
  };
}
