"""The template, deployed to ministack: an independent imitation of Amazon's services on this machine."""

import http.client
import http.server
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

from botocore.session import Session
from translation import tell_answers

TEMPLATE = pathlib.Path(__file__).parent.parent.joinpath("template.yaml").read_text()
PATH = "/api/v1/resource"


class Backend(http.server.ThreadingHTTPServer):
    """The API behind the gateway: remembers what reaches it, and says so at `/seen`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every call with an empty object."""

    # Without it each call would need a connection of its own.
    protocol_version = "HTTP/1.1"

    def answer(self):
        if self.path == "/seen":
            body = str(len(self.server.seen)).encode()
        else:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.server.seen.append(self.path)
            body = b"{}"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Ministack:
    """The services on one port of this machine, and of no other interface."""

    def __init__(self):
        self.port = free_port()

    def __enter__(self):
        environment = os.environ | {"GATEWAY_PORT": str(self.port), "BIND_HOST": "127.0.0.1"}
        self.log = tempfile.TemporaryFile()
        command = [sys.executable, "-m", "ministack"]
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def wait(self):
        deadline = time.monotonic() + 60
        while True:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.log.seek(0)
                raise RuntimeError(f"ministack did not start:\n{self.log.read().decode()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)

    def client(self, service):
        """Of one of Amazon's services."""
        endpoint = f"http://127.0.0.1:{self.port}"
        return Session().create_client(
            service, "us-east-1", endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test"
        )


class Stack:
    """A stack of the template, in ministack's words, with what is needed to call it."""

    def __init__(self, services, name, template, **parameters):
        self.services = services
        self.name = name
        self.parameters = {"BackendHost": "unused.example.com"} | parameters
        self.formation = services.client("cloudformation")
        self.formation.create_stack(**self.arguments(template))
        self.wait("stack_create_complete")
        stack = self.formation.describe_stacks(StackName=name)["Stacks"][0]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        self.api, self.stage = re.match(r"https://([^.]+)[^/]+/(.+)", self.outputs["Url"]).groups()
        self.gateway = services.client("apigateway")
        tell_answers(self.gateway, self.api, template)
        key = self.gateway.get_api_key(apiKey=self.outputs["ApiKeyId"], includeValue=True)
        self.headers = {"x-api-key": key["value"], "authorization": self.token()}

    def arguments(self, template):
        parameters = [
            {"ParameterKey": key, "ParameterValue": value} for key, value in self.parameters.items()
        ]
        return {
            "StackName": self.name,
            "TemplateBody": template,
            "Parameters": parameters,
            "Capabilities": ["CAPABILITY_IAM"],
        }

    def update(self, template):
        self.formation.update_stack(**self.arguments(template))
        self.wait("stack_update_complete")

    def wait(self, state):
        try:
            waiter = self.formation.get_waiter(state)
            waiter.wait(StackName=self.name, WaiterConfig={"Delay": 0.2, "MaxAttempts": 150})
        except Exception as error:
            events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
            reasons = [event["ResourceStatusReason"] for event in events if event.get("ResourceStatusReason")]
            raise RuntimeError(f"{state}: {reasons}") from error

    def token(self):
        """Of a user of the pool, by way of a client that may use a password."""
        cognito, pool = self.services.client("cognito-idp"), self.outputs["UserPoolId"]
        app = cognito.create_user_pool_client(
            UserPoolId=pool, ClientName="test", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
        )["UserPoolClient"]["ClientId"]
        cognito.admin_create_user(UserPoolId=pool, Username="user", MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username="user", Password="Passw0rd!", Permanent=True)
        answer = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=app,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "user", "PASSWORD": "Passw0rd!"},
        )
        return answer["AuthenticationResult"]["IdToken"]

    @property
    def url(self):
        """Where the stage is, for a client that cannot choose its Host header."""
        return f"http://127.0.0.1:{self.services.port}/_aws/execute-api/{self.api}/{self.stage}"

    def call(self, method="GET", path=PATH, headers=None):
        """Status, headers with their names in lower case, and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.services.port, timeout=10)
        headers = self.headers if headers is None else headers
        headers = headers | {"Host": f"{self.api}.execute-api.localhost:{self.services.port}"}
        connection.request(method, f"/{self.stage}{path}", headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
