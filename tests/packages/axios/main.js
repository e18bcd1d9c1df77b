import "core-js/actual/object/assign";
import "core-js/actual/promise";
import axios from "axios";

const finish = done.async();
const requests = [];
const client = axios.create({
  baseURL: "https://example.com/api/",
  headers: { common: { "X-Requested-With": "XMLHttpRequest" } },
  adapter: (config) => {
    requests.push(config);
    const status = config.url === "missing" ? 404 : 200;
    const response = { config, status, statusText: "", headers: {}, data: JSON.stringify({ url: config.url, sent: config.data }) };
    return config.validateStatus(status) ? Promise.resolve(response) : Promise.reject(Object.assign(new Error("status " + status), { response }));
  },
});
client.interceptors.request.use((config) => Object.assign(config, { params: { page: 2 } }));

client
  .post("users", { name: "fred" })
  .then(({ data, status }) => {
    assert.equal(status, 200);
    assert.deepEqual(data, { url: "users", sent: '{"name":"fred"}' });
    assert.equal(requests[0].headers["X-Requested-With"], "XMLHttpRequest");
    assert.equal(axios.getUri({ url: "/users", params: { ids: [1, 2] } }), "/users?ids[]=1&ids[]=2");
    return client.get("missing").then(() => assert(false, "404 rejects"), (error) => assert.equal(error.message, "status 404"));
  })
  .then(() => {
    assert(axios.isCancel(new axios.Cancel("x")));
    log("ok");
  })
  .then(() => finish(), finish);
