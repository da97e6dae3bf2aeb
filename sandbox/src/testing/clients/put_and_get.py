"""One PutLogs and one GetLogs with nothing but the standard library, as the SDK for Python sends them.

Usage: put_and_get.py URL HOST ACCESS_KEY_ID ACCESS_KEY_SECRET
URL is where to send it, HOST the header, which names the project. What is in the environment decides of
proxies and certificates. Prints the logs.
"""

import base64
import email.utils
import hashlib
import hmac
import struct
import sys
import time
import urllib.parse
import urllib.request

url, host, key_id, secret = sys.argv[1:]


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def log_group(contents, topic):
    now = int(time.time())
    log = varint(1 << 3) + varint(now)
    for key, value in contents.items():
        log += field(2, field(1, key.encode()) + field(2, value.encode()))
    log += varint(4 << 3 | 5) + struct.pack("<I", 123456789)
    return field(1, log) + field(3, topic.encode())


def lz4_block(raw):
    """Literals only, which is a block like any other."""
    length = len(raw) - 15
    return b"\xf0" + b"\xff" * (length // 255) + bytes([length % 255]) + raw


def call(method, resource, params, headers, body=b""):
    headers = {
        "Host": host,
        "Date": email.utils.formatdate(usegmt=True),
        "x-log-apiversion": "0.6.0",
        "x-log-signaturemethod": "hmac-sha1",
        "x-log-bodyrawsize": "0",
        **headers,
    }
    if body:
        headers["Content-MD5"] = hashlib.md5(body).hexdigest().upper()
    signed = sorted(name for name in headers if name.startswith(("x-log-", "x-acs-")))
    query = "&".join(sorted(f"{name}={value}" for name, value in params.items()))
    text = "\n".join(
        [
            method,
            headers.get("Content-MD5", ""),
            headers.get("Content-Type", ""),
            headers["Date"],
            *(f"{name}:{headers[name]}" for name in signed),
            resource + ("?" + query if query else ""),
        ]
    )
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()
    headers["Authorization"] = f"LOG {key_id}:{base64.b64encode(digest).decode()}"
    target = f"{url}{resource}?{urllib.parse.urlencode(params)}"
    request = urllib.request.Request(target, body or None, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


raw = log_group({"client": "python", "host": host, "text": "ünïcode 测试"}, "clients")
call(
    "POST",
    "/logstores/results/shards/lb",
    {},
    {
        "Content-Type": "application/x-protobuf",
        "x-log-compresstype": "lz4",
        "x-log-bodyrawsize": str(len(raw)),
    },
    lz4_block(raw),
)
now = int(time.time())
search = {
    "type": "log",
    "from": now - 60,
    "to": now + 60,
    "query": f'client: python and host: "{host}"',
    "line": 100,
    "offset": 0,
    "reverse": "true",
    "powerSql": False,
    "accurate": True,
    "fromNs": 0,
    "toNs": 0,
}
print(call("GET", "/logstores/results", search, {}))
