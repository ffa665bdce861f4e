"""What the document cannot say: an Idempotency-Key is for one call, so every call of a run gets one of its own."""

import itertools
import re

import schemathesis

NUMBERS = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    key = (case.headers or {}).get("Idempotency-Key")
    # Keys that are none stay as they are: they are to be refused.
    if isinstance(key, str) and re.fullmatch(r"[!-~]{1,180}", key):
        case.headers["Idempotency-Key"] = f"{key}-{next(NUMBERS)}"
