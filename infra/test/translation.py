"""The template as ministack takes it: what it does not know is left out or said in its words, all else is as it is deployed."""

import copy
import json

import yaml

VERBS = ["delete", "get", "head", "options", "patch", "post", "put"]
ANY = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
RESPONSES = "x-amazon-apigateway-gateway-responses"
BACKEND = "https://${stageVariables.backendHost}"


class Loader(yaml.SafeLoader):
    """Takes the short form of a function for its long form."""


def function(loader, name, node):
    if isinstance(node, yaml.ScalarNode):
        argument = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        argument = loader.construct_sequence(node, deep=True)
    else:
        argument = loader.construct_mapping(node, deep=True)
    if name == "GetAtt" and isinstance(argument, str):
        argument = argument.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": argument}


Loader.add_multi_constructor("!", function)


def for_ministack(text, backend_port):
    """The template in its words."""
    template = yaml.load(text, Loader)
    resources = template["Resources"]
    # It refuses the whole template because of a type that it does not know.
    del resources["WebAclAssociation"]
    # It cannot do arithmetic with metrics.
    del resources["ThrottledAlarm"]
    document = resources["Api"]["Properties"]["Body"]
    for item in document["paths"].values():
        spell_out(item)
        for operation in item.values():
            point_to(operation[INTEGRATION], backend_port)
    resources.update(gateway_responses(document))
    wait_for(resources)
    return json.dumps(template)


def spell_out(item):
    """Of a document it reads methods that have a name, and none that stands for all others."""
    operation = item.pop(ANY)
    for verb in VERBS:
        item.setdefault(verb, copy.deepcopy(operation))


def point_to(integration, backend_port):
    """It does not put stage variables into addresses."""
    if "uri" in integration:
        assert integration["uri"].startswith(BACKEND), integration
        integration["uri"] = integration["uri"].replace(BACKEND, f"http://127.0.0.1:{backend_port}")


def gateway_responses(document):
    """It reads them as resources, and not in a document."""
    return {
        name(kind): {
            "Type": "AWS::ApiGateway::GatewayResponse",
            "Properties": {"RestApiId": {"Ref": "Api"}, "ResponseType": kind}
            | {part[0].upper() + part[1:]: value for part, value in response.items()},
        }
        for kind, response in document.pop(RESPONSES).items()
    }


def name(kind):
    return "Response" + kind.title().replace("_", "")


def wait_for(resources):
    """What is a resource of its own is in a snapshot only if that is taken afterwards."""
    awaited = [name for name, it in resources.items() if it["Type"] == "AWS::ApiGateway::GatewayResponse"]
    for resource in resources.values():
        if resource["Type"] == "AWS::ApiGateway::Deployment":
            resource["DependsOn"] = awaited


def tell_answers(gateway, api, template):
    """Of an integration in a document it reads where it leads to. What a mock answers it has to be told."""
    document = json.loads(template)["Resources"]["Api"]["Properties"]["Body"]
    ids = {resource["path"]: resource["id"] for resource in gateway.get_resources(restApiId=api)["items"]}
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            for answer in operation[INTEGRATION].get("responses", {}).values():
                gateway.put_integration_response(
                    restApiId=api, resourceId=ids[path], httpMethod=verb.upper(), **answer
                )
