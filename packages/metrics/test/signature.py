"""Prints the signature that botocore makes of the request on stdin, with the time and the signed headers that it arrived with."""

import base64
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

given = json.load(sys.stdin)
headers = {name: given["headers"][name] for name in given["signed"]}
request = AWSRequest("POST", given["url"], headers, base64.b64decode(given["body"]))
request.context["timestamp"] = headers["x-amz-date"]
auth = SigV4Auth(Credentials("AKID", "secret/key", "token+1"), "monitoring", "eu-west-1")
print(auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request))
