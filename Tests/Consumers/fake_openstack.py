# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0
"""A Keystone and as much of a Nova as creating flavors takes, on loopback. What it makes of a body is for the caller to
say: `cloud` has flavors by id, create(body, microversion), set_extra_specs(id, body, microversion), and the services
that Keystone names beside."""
import contextlib
import http.server
import json
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    @property
    def cloud(self):
        return self.server.cloud

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def reply(self, status, document, headers=()):
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in [*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def version(self):
        text = self.headers.get("OpenStack-API-Version", self.headers.get("X-OpenStack-Nova-API-Version", "2.1"))
        return tuple(int(part) for part in text.split()[-1].split("."))

    def do_GET(self):
        parts = self.path.split("?")[0].strip("/").split("/")
        if parts in ([""], ["v3"]):
            version = {"id": "v3.14", "status": "stable", "links": [{"rel": "self", "href": f"{self.base}/v3/"}]}
            self.reply(200, {"version": version, "versions": {"values": [version]}})
        elif parts[0] == "compute" and len(parts) <= 2:
            self.reply(200, {"version": {
                "id": "v2.1", "status": "CURRENT", "min_version": "2.1", "version": self.cloud.newest,
                "links": [{"rel": "self", "href": f"{self.base}/compute/v2.1/"}]}})
        elif parts[2:3] == ["flavors"] and parts[3:] in ([], ["detail"]):
            self.reply(200, {"flavors": list(self.cloud.flavors.values())})
        elif parts[2:3] == ["flavors"] and parts[3] in self.cloud.flavors:
            flavor = self.cloud.flavors[parts[3]]
            self.reply(200, {"extra_specs": flavor["extra_specs"]} if parts[4:] else {"flavor": flavor})
        else:
            self.reply(404, {"itemNotFound": {"code": 404, "message": self.path}})

    def do_POST(self):
        parts = self.path.split("?")[0].strip("/").split("/")
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if parts[-2:] == ["auth", "tokens"]:
            return self.reply(201, {"token": self.token()}, [("X-Subject-Token", "admin")])
        try:
            if parts[-1] == "flavors":
                return self.reply(200, self.cloud.create(body, self.version()))
            return self.reply(200, self.cloud.set_extra_specs(parts[-2], body, self.version()))
        except Exception as error:  # whatever Nova's validators raise is a 400 there
            message = self.cloud.refuse(body, error)
            return self.reply(400, {"badRequest": {"code": 400, "message": message}})

    def token(self):
        services = {"compute": f"{self.base}/compute/v2.1", "identity": f"{self.base}/v3", **self.cloud.services}
        domain = {"id": "default", "name": "Default"}
        return {
            "methods": ["password"], "issued_at": "2026-01-01T00:00:00.000000Z", "expires_at": "2099-01-01T00:00:00.000000Z",
            "user": {"id": "u", "name": "u", "domain": domain}, "project": {"id": "p", "name": "p", "domain": domain},
            "roles": [{"id": "r", "name": "admin"}],
            "catalog": [
                {"type": kind, "name": kind, "id": kind, "endpoints": [
                    {"id": face, "interface": face, "region": "R", "region_id": "R", "url": url}
                    for face in ("public", "internal", "admin")]}
                for kind, url in services.items()],
        }


@contextlib.contextmanager
def serve(cloud, folder):
    """Gives the environment in which a client finds the cloud by the name `fake`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.cloud = cloud
    threading.Thread(target=server.serve_forever, daemon=True).start()
    clouds = {"clouds": {"fake": {"region_name": "R", "identity_api_version": "3", "auth": {
        "auth_url": f"http://127.0.0.1:{server.server_port}/v3", "username": "u", "password": "p", "project_name": "p",
        "user_domain_name": "Default", "project_domain_name": "Default"}}}}
    (folder / "clouds.yaml").write_text(json.dumps(clouds))
    try:
        yield {"OS_CLIENT_CONFIG_FILE": str(folder / "clouds.yaml"), "OS_CLOUD": "fake", "HOME": str(folder)}
    finally:
        server.shutdown()
        server.server_close()
