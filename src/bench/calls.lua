-- The requests that wrk sends. Usage: wrk ... URL -- CALL NAME=VALUE...
-- The variables are vendor, size, offset, limit and run.
local vars, call, sent = {}, nil, 0
local threads = 0
local BATCH = 100

local BASE_PATH = "/bitanswer/api"

local function send(method, path, body)
  return wrk.format(method, BASE_PATH .. "/customer_groups" .. path, nil, body)
end

local function random_group()
  return string.format("group-%07d", math.random(1, vars.size))
end

local function page()
  return "?offset=" .. vars.offset .. "&limit=" .. vars.limit
end

local function members()
  local entries = {}
  for i = 1, BATCH do
    entries[i] = string.format('{"name":"batch-%d-%d"}', id, i)
  end
  return "[" .. table.concat(entries, ",") .. "]"
end

local calls = {
  ["get-one"] = function()
    return send("GET", "/" .. random_group())
  end,
  ["page"] = function()
    return send("GET", page())
  end,
  ["search-prefix"] = function()
    local prefix = string.format("group-%05d", math.random(0, vars.size / 100 - 1))
    return send("POST", "/data", '{"querys":[{"name":"name","op":"like","values":["' .. prefix .. '%"]}]}')
  end,
  ["search-pattern"] = function() -- finds all groups
    return send("POST", "/data?limit=50", '{"querys":[{"name":"name","op":"like","values":["group_00%"]}],'
      .. '"sorts":[{"name":"name","order":"desc"}]}')
  end,
  ["customers"] = function()
    return send("GET", "/group-0000001/customers" .. page())
  end,
  ["all-customers"] = function()
    return wrk.format("GET", BASE_PATH .. "/customers" .. page())
  end,
  ["create"] = function()
    return send("POST", "", string.format('{"name":"new-%s-%d-%d"}', vars.run, id, sent))
  end,
  ["create-existing"] = function()
    return send("POST", "", '{"name":"' .. random_group() .. '"}')
  end,
  -- A thread must have one connection, so that each request waits for the answer to the request before.
  ["add-remove"] = function()
    return send(sent % 2 == 1 and "POST" or "DELETE", "/batch-" .. id .. "/customers", members())
  end,
}

function setup(thread)
  threads = threads + 1
  thread:set("id", threads)
end

function init(args)
  call = calls[args[1]]
  for i = 2, #args do
    local name, value = args[i]:match("^(%w+)=(.*)$")
    vars[name] = tonumber(value) or value
  end
  wrk.headers["bitkey"] = vars.vendor
  wrk.headers["Content-Type"] = "application/json"
  math.randomseed(os.time() * 100 + id)
  -- wrk takes one request from the first thread that it does not send.
  sent = id == 1 and -1 or 0
end

function request()
  sent = sent + 1
  return call()
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("result %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.timeout + e.status))
end
