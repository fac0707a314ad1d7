-- wrk's script: sends each body of a file once, says how many went out in how many microseconds, and ends.
-- wrk itself would sleep to the end of its duration; what is still in flight when the last body goes out does not count.
local ffi = require("ffi")
ffi.cdef[[ typedef struct { long s; long us; } moment; int gettimeofday(moment *, void *); ]]

local bodies, sent, begun, connections = {}, 0, 0, 0

local function now()
  local at = ffi.new("moment")
  ffi.C.gettimeofday(at, nil)
  return tonumber(at.s) * 1e6 + tonumber(at.us)
end

function init(args)
  local path = args[2]
  connections = tonumber(args[3])
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = wrk.format("POST", path, { ["content-type"] = "application/json" }, line)
  end
end

function request()
  if sent == 0 then begun = now() end
  sent = sent + 1
  if sent == #bodies then
    io.write(string.format("BENCH %d %d\n", sent - connections, now() - begun))
    io.flush()
    os.exit(0)
  end
  return bodies[sent]
end
