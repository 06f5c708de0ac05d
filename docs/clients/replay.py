"""Repeats the changes that the history of a server has since a time on another server, the oldest first. Without --send, it
prints the calls alone. A day begins at 00:00 in backoffice.zone. It goes on after a refusal, and ends with 1 if there was one.
Usage: URL=http://localhost:8080/bitanswer/api BITKEY=... TARGET_URL=https://back-office-api.bitanswer.cn/bitanswer/api
TARGET_BITKEY=... python3 docs/clients/replay.py 2026-11-27T20:00:00+08:00 --send"""
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


def call(url, bitkey, method, path, body=None, key=None):
    headers = {"bitkey": bitkey, "Content-Type": "application/json"} | ({"x-bit-req-id": key} if key else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, headers, method=method)
    return json.load(urllib.request.urlopen(request, timeout=60))["data"]


def changes(since):
    """All changes since then. A page has the newest first, and the next one begins before its last id."""
    found, before = [], ""
    while True:
        query = "?limit=100&since=" + urllib.parse.quote(since, safe="") + before
        page = call(os.environ["URL"], os.environ["BITKEY"], "GET", "/backoffice/history" + query)["items"]
        found += page
        if len(page) < 100:
            return found[::-1]
        before = f"&before={page[-1]['id']}"


def path(group, suffix=""):
    return "/customer_groups/" + urllib.parse.quote(group["name"], safe="") + suffix


def identity(customer):
    return {member: customer[member] for member in ("name", "groupName") if member in customer}


def replayed(change):
    """The call that makes a change again."""
    was, becomes = change.get("before"), change.get("after")
    if change["type"] == "group.created":
        return "POST", "/customer_groups", becomes
    if change["type"] == "group.renamed":
        return "PATCH", path(was), becomes
    if change["type"] == "group.deleted":
        return "DELETE", path(was), None
    if change["type"] == "customer.deleted":
        return "DELETE", "/customers", [identity(was)]
    if change["type"] == "customer.renamed":
        return "PATCH", "/customers", [dict.fromkeys(was) | becomes | identity(was) | {"newName": becomes["name"]}]
    if change["type"] == "customer.moved" and "groupName" not in becomes:
        return "DELETE", path({"name": was["groupName"]}, "/customers"), [{"name": was["name"]}]
    if change["type"] == "customer.moved":
        return "POST", path({"name": becomes["groupName"]}, "/customers"), [identity(was)]
    return "POST", "/customers", [becomes]


refused = 0
for change in changes(sys.argv[1]):
    method, target, body = replayed(change)
    print(change["id"], change["time"], method, target, json.dumps(body, ensure_ascii=False))
    if "--send" in sys.argv:
        try:
            key = f"replay-{change['id']}"
            call(os.environ["TARGET_URL"], os.environ["TARGET_BITKEY"], method, target, body, key)
        except urllib.error.HTTPError as error:
            refused += 1
            print("  refused:", error.read().decode())
sys.exit(1 if refused else 0)
