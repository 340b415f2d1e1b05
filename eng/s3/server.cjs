// A server that speaks S3, for tests: node eng/s3/server.cjs FOLDER BUCKET. It writes its address in one line, and ends when its
// standard input does. The key's id is S3RVER, and so is the secret.
const { join } = require("node:path");
const [folder, bucket] = process.argv.slice(2);
const S3rver = require(require.resolve("@20minutes/s3rver", { paths: [join(__dirname, "../../.tools/s3")] }));
const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory: folder, configureBuckets: [{ name: bucket }] });
// Where the bucket itself is asked, the server forgets the slash behind its name when it checks the signature: of listings it cannot know.
server.middleware.unshift((context, next) => {
  if (/^\/[^/]+\/?$/.test(context.path)) context.app = Object.assign(Object.create(context.app), { allowMismatchedSignatures: true });
  return next();
});
server.run().then(({ address, port }) => console.log(`http://${address}:${port}`));
process.stdin.on("end", () => process.exit(0)).resume();
