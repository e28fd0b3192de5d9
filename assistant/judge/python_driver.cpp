#include "assistant/judge/python_driver.h"

namespace lemma::assistant {

namespace {

// Shared by both programs: values with their types. Exact types only, so that no method of the solution's own classes
// is ever asked whether it is equal to something.
constexpr std::string_view driver = R"PY(import importlib.util, json, os, signal, sys, types

_MAX_DEPTH = 100
_MAX_ITEMS = 100000


class _TooLarge(Exception):
    pass


def _encode(x, depth=0):
    if depth > _MAX_DEPTH:
        raise _TooLarge("nested too deeply")
    t = type(x)
    if x is None or t is bool or t is str:
        return x
    if t is int:
        return x if -10**15 < x < 10**15 else {"t": "int", "v": _long_text(x)}
    if t is float:
        return {"t": "float", "v": repr(x)}
    if t is list or t is tuple:
        return {"t": t.__name__, "v": [_encode(i, depth + 1) for i in x]}
    if t is set or t is frozenset:
        return {"t": t.__name__, "v": [_encode(i, depth + 1) for i in sorted(x, key=repr)]}
    if t is dict:
        return {"t": "dict", "v": [[_encode(k, depth + 1), _encode(v, depth + 1)] for k, v in x.items()]}
    if t is bytes:
        return {"t": "bytes", "v": x.hex()}
    if t is complex:
        return {"t": "complex", "v": [repr(x.real), repr(x.imag)]}
    if t in _ITERATORS:
        items = []
        for i in x:
            items.append(_encode(i, depth + 1))
            if len(items) > _MAX_ITEMS:
                raise _TooLarge("an iterator that does not end")
        return {"t": "iterator", "v": items}
    return {"t": "!" + t.__name__, "v": repr(x)[:200]}


_ITERATORS = (types.GeneratorType, range, map, filter, zip, enumerate, reversed, type({}.keys()), type({}.values()),
              type({}.items()), type(iter([])))


def _long_text(x):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    return str(x)


def _decode(x):
    if type(x) is not dict:
        return x
    t, v = x["t"], x["v"]
    if t == "int":
        return int(v)
    if t == "float":
        return float(v)
    if t == "list":
        return [_decode(i) for i in v]
    if t == "tuple":
        return tuple(_decode(i) for i in v)
    if t == "set":
        return {_decode(i) for i in v}
    if t == "frozenset":
        return frozenset(_decode(i) for i in v)
    if t == "dict":
        return {_decode(k): _decode(i) for k, i in v}
    if t == "bytes":
        return bytes.fromhex(v)
    if t == "complex":
        return complex(float(v[0]), float(v[1]))
    if t == "iterator":
        return iter([_decode(i) for i in v])
    return _Opaque(t[1:], v)


class _Opaque:
    """A value of a type that does not cross the wall: equal to nothing but itself."""

    def __init__(self, name, text):
        self._name, self._text = name, text

    def __repr__(self):
        return self._text


class _Channel:
    """Keeps the protocol away from print() and input() of what runs here."""

    def __init__(self):
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace", newline="\n")
        self._in = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def send(self, message):
        self._out.write(json.dumps(message) + "\n")
        self._out.flush()

    def receive(self):
        line = self._in.readline()
        return json.loads(line) if line else None

)PY";

constexpr std::string_view callMain = R"PY(
class _TimeUp(BaseException):
    pass


def _describe(error):
    line, frame = None, error.__traceback__
    while frame is not None:
        if os.path.basename(frame.tb_frame.f_code.co_filename) == "solution.py":
            line = frame.tb_lineno
        frame = frame.tb_next
    if isinstance(error, SyntaxError):
        line = error.lineno
    return {"type": type(error).__name__, "text": str(error)[:500], "line": line}


def _load():
    spec = importlib.util.spec_from_file_location("solution", "solution.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["solution"] = module
    spec.loader.exec_module(module)
    return module


def _ring(number, frame):
    raise _TimeUp()


def _call(module, request):
    try:
        signal.setitimer(signal.ITIMER_REAL, request.get("s", 0))
        try:
            function = getattr(module, request["f"])
            result = function(*[_decode(a) for a in request["a"]],
                              **{k: _decode(v) for k, v in request.get("k", {}).items()})
            return {"i": request["i"], "r": _encode(result)}
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException as error:
        return {"i": request["i"], "e": _describe(error)}


def _main():
    channel = _Channel()
    signal.signal(signal.SIGALRM, _ring)
    try:
        module = _load()
    except BaseException as error:
        channel.send({"import": _describe(error)})
        return
    channel.send({"ready": True})
    while True:
        request = channel.receive()
        if request is None:
            break
        channel.send(_call(module, request))
    os._exit(0)


_main()
)PY";

constexpr std::string_view examinerMain = R"PY(
import builtins, linecache, traceback


class _SolutionFailed(Exception):
    """The solution raised something that Python itself does not know."""


class _SolutionGone(BaseException):
    pass


class _Examiner:
    def __init__(self, channel, name):
        self.channel, self.name, self.calls = channel, name, 0
        self.call, self.got, self.raised = None, None, None

    def __call__(self, *args, **kwargs):
        request = {"i": self.calls, "f": self.name, "a": [_encode(a) for a in args],
                   "k": {k: _encode(v) for k, v in kwargs.items()}}
        self.calls += 1
        self.call, self.got, self.raised = {"a": request["a"], "k": request["k"]}, None, None
        self.channel.send(request)
        answer = self.channel.receive()
        if answer is None:
            raise _SolutionGone()
        if "e" in answer:
            self.raised = "%s: %s" % (answer["e"].get("type"), answer["e"].get("text"))
            raise _exception(answer["e"])
        self.got = answer["r"]
        return _decode(answer["r"])


def _exception(error):
    """As the solution raised it, for tests that expect an exception."""
    kind = getattr(builtins, str(error.get("type")), None)
    try:
        if issubclass(kind, Exception):
            return kind(error.get("text"))
    except TypeError:
        pass
    return _SolutionFailed(error.get("text"))


def _where(error):
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == "tests.py":
            line = frame.lineno
    source = linecache.getline("tests.py", line).strip() if line else ""
    return {"line": line, "source": source[:2000], "text": "%s: %s" % (type(error).__name__, str(error)[:500])}


def _main():
    entry = sys.argv[1]
    channel = _Channel()
    examiner = _Examiner(channel, entry)
    names = {"__name__": "tests"}
    try:
        for file in ("prelude.py", "tests.py"):
            with open(file, encoding="utf-8") as text:
                exec(compile(text.read(), file, "exec"), names)
            names[entry] = examiner
        if "check" in names:
            names["check"](examiner)
        channel.send({"done": True, "calls": examiner.calls})
    except _SolutionGone:
        channel.send({"gone": True, "call": examiner.call})
    except BaseException as error:
        # A test that stumbles over what the solution returned is a failed test; one that never called it is broken.
        key = "failed" if examiner.calls else "broken"
        channel.send({key: {**_where(error), "call": examiner.call, "got": examiner.got,
                            "raised": examiner.raised}})
    os._exit(0)


_main()
)PY";

} // namespace

std::string_view pythonCallDriver()
{
    static const std::string program = std::string(driver).append(callMain);
    return program;
}

std::string_view pythonExaminer()
{
    static const std::string program = std::string(driver).append(examinerMain);
    return program;
}

} // namespace lemma::assistant
