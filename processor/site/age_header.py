"""The form of an age file's header (age-encryption.org/v1), which is all that can be told of one without a key."""

import re

LONGEST = 4096
"""Bytes within which a header ends. One of 250 KB takes three quarters of a minute to open."""
MOST = 40  # stanzas, each of which costs whoever opens the file an attempt

_OURS = rb"-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n"
_OTHER = rb"-> (?!X25519 )[!-~]+(?: [!-~]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_STANZA = re.compile(rb"(?:%b|%b)" % (_OURS, _OTHER))
_FIRST, _LAST = b"age-encryption.org/v1\n", re.compile(rb"--- [A-Za-z0-9+/]{43}\n")


def is_age(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` (its first ``LONGEST`` bytes) could be sealed to an office's key.

    To whom it is sealed cannot be seen. A stanza of another kind may stand beside ours, as some programs add one.
    """
    if not head.startswith(_FIRST):
        return False
    head, at, ours = head[:LONGEST], len(_FIRST), False
    for _ in range(MOST):
        stanza = _STANZA.match(head, at)
        if stanza is None:
            break
        at, ours = stanza.end(), ours or stanza[0].startswith(b"-> X25519 ")
    return ours and _LAST.match(head, at) is not None
