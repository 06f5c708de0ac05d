"""Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey python3 docs/clients/client.py"""
import json
import os
import time
import urllib.error
import urllib.request
import uuid


def call(method, path, body=None, key=None):
    """While the service answers 5001, waits as long as Retry-After says, and sends the same request again."""
    headers = {"bitkey": os.environ["BITKEY"], "Content-Type": "application/json"} | ({"x-bit-req-id": key} if key else {})
    data = None if body is None else json.dumps(body).encode()
    for attempt in range(6):
        try:
            request = urllib.request.Request(os.environ["URL"] + path, data, headers, method=method)
            return json.load(urllib.request.urlopen(request, timeout=30))["data"]
        except urllib.error.HTTPError as error:
            answer = json.load(error)
            if answer["status"] != 5001 or attempt == 5:
                raise RuntimeError(answer["msg"])
            time.sleep(int(error.headers.get("Retry-After", 1)))


# Each page begins at the last name of the page before, so a group that others delete meanwhile shifts none.
groups, page = [], call("GET", "/customer_groups?limit=100")["items"]
while page:
    groups += page
    last = page[-1]["name"]
    search = {"querys": [{"name": "name", "op": ">=", "values": [last]}]}
    page = [group for group in call("POST", "/customer_groups/data?limit=100", search)["items"] if group["name"] != last]
print("groups:", len(groups))

search = {"querys": [{"name": "name", "op": "like", "values": ["s%"]}]}
print("found:", call("POST", "/customer_groups/data", search)["total"])

created = call("POST", "/customers", [{"name": "sample"}], key=str(uuid.uuid4()))
print("created:", created["items"][0]["name"])
