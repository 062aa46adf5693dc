// A partner of the bank that speaks through a client which others wrote. It is told what to do by lines of
// JSON and answers each with one.
"use strict";
const http = require("node:http");
const readline = require("node:readline");
const { SnapBi, SnapBiConfig } = require("midtrans-client");

const heard = [];
const waiting = [];
const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", part => parts.push(part));
  request.on("end", () => {
    const payload = JSON.parse(Buffer.concat(parts).toString());
    const verified = SnapBi.notification()
      .withNotificationPayload(payload)
      .withSignature(request.headers["x-signature"])
      .withTimeStamp(request.headers["x-timestamp"])
      .withNotificationUrlPath(request.url)
      .isWebhookNotificationVerified();
    const notice = { path: request.url, payload, verified };
    waiting.length ? waiting.shift()(notice) : heard.push(notice);
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"responseCode":"2005200","responseMessage":"Successful"}');
  });
});

function call(way, asked) {
  const client = (way === "va" ? SnapBi.va() : SnapBi.qris()).withBody(asked.body);
  if (asked.timestamp) client.withTimeStamp(asked.timestamp);
  if (asked.token) client.withAccessToken(asked.token);
  return client;
}

const does = {
  listen: () => new Promise(done => {
    server.listen(0, "127.0.0.1", () => done({ port: server.address().port }));
  }),
  configure: asked => {
    SnapBiConfig.SNAP_BI_SANDBOX_BASE_URL = asked.url;
    SnapBiConfig.snapBiClientId = asked.clientKey;
    SnapBiConfig.snapBiPrivateKey = asked.privateKey;
    SnapBiConfig.snapBiClientSecret = asked.secret;
    SnapBiConfig.snapBiPartnerId = asked.partner;
    SnapBiConfig.snapBiChannelId = "12345";
    SnapBiConfig.snapBiPublicKey = asked.bankKey;
    return {};
  },
  token: () => SnapBi.va().getAccessToken(),
  create: asked => call(asked.way, asked).createPayment(asked.number),
  status: asked => call(asked.way, asked).getStatus(asked.number),
  cancel: asked => call(asked.way, asked).cancel(asked.number),
  refund: asked => call(asked.way, asked).refund(asked.number),
  hear: () => new Promise(done => heard.length ? done(heard.shift()) : waiting.push(done)),
};

readline.createInterface({ input: process.stdin }).on("line", async line => {
  const asked = JSON.parse(line);
  const answer = await does[asked.do](asked);
  process.stdout.write(JSON.stringify(answer) + "\n");
}).on("close", () => process.exit(0));
