"""One call of an RPC product with nothing but the standard library: signature version 1.0, HMAC-SHA1.

Usage: rpc_call.py URL VERSION ACTION ACCESS_KEY_ID ACCESS_KEY_SECRET
What is in the environment decides of proxies and certificates. Prints the answer.
"""

import base64
import hashlib
import hmac
import sys
import time
import urllib.parse
import urllib.request
import uuid

url, version, action, key_id, secret = sys.argv[1:]


def encode(text):
    return urllib.parse.quote(text, safe="-_.~")


parameters = {
    "Action": action,
    "Version": version,
    "Format": "JSON",
    "AccessKeyId": key_id,
    "SignatureMethod": "HMAC-SHA1",
    "SignatureVersion": "1.0",
    "SignatureNonce": str(uuid.uuid4()),
    "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
}
canonical = "&".join(f"{encode(name)}={encode(parameters[name])}" for name in sorted(parameters))
text = f"GET&{encode('/')}&{encode(canonical)}"
digest = hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()
parameters["Signature"] = base64.b64encode(digest).decode()
with urllib.request.urlopen(f"{url}/?{urllib.parse.urlencode(parameters)}", timeout=10) as response:
    print(response.read().decode())
