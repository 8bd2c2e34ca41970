"""KaTeX in a process of its own: formulas on standard input, a line of JSON for each on output.

V8 keeps threads that do not survive the forks of a parallel build, and its end may be the end
of its process; neither can hurt the build here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

try:
    from py_mini_racer import MiniRacer
except (ImportError, OSError) as error:  # not installed, or no library for this machine
    sys.stderr.write(str(error))
    sys.exit(3)

SCRIPT = """
const options = {strict: "ignore", trust: false, maxSize: 100, maxExpand: 1000};
globalThis.render = (items, macros) => JSON.stringify(items.map(([tex, displayMode]) => {
  try {
    // a copy of the macros each, so that a \\\\gdef of one formula does not reach the next
    return [katex.renderToString(tex, {...options, displayMode, macros: {...macros}}), null, null];
  } catch (error) {
    return [null, error.rawMessage ?? String(error), error.position ?? null];
  }
}));
"""
SECONDS = 20
"""For a batch, which takes a tenth of a second."""
BYTES = 1 << 30


def main() -> None:
    """Render what standard input asks for, in batches."""
    task = json.load(sys.stdin)
    items, macros, size = task["items"], json.dumps(task["macros"]), task["batch"]
    # 0.14.1 hangs at the interpreter's end when its context is left open
    with MiniRacer() as engine:
        engine.set_hard_memory_limit(BYTES)
        engine.eval((Path(__file__).parent / "katex.min.js").read_text(encoding="utf-8"))
        engine.eval(SCRIPT)
        for start in range(0, len(items), size):
            batch = json.dumps(items[start : start + size])
            rendered = engine.eval(f"render({batch}, {macros})", timeout_sec=SECONDS)
            for result in json.loads(str(rendered)):
                sys.stdout.write(json.dumps(result) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
