"""Checks a Shodo journal: python3 verify_journal.py DIR [COUNT HASH]
Exit 0: intact (a torn last line is reported). 1: damage, or another head. 2: cannot read."""
import hashlib, pathlib, re, sys

STAMP = rb"[0-9a-f]{64} \(number: "

def chained(line, last):
    digits = hashlib.sha256(last + line[65:]).hexdigest().encode()
    return line[:65] == digits + b" "

def is_damage(tail, last, number):
    """Does the tail hold a valid record? Then it is more than a line that was not finished."""
    printed = last
    for piece in re.split(rb"\n|(?=" + STAMP + rb")", tail):
        whole = re.fullmatch(STAMP + rb'(\d{1,18}), recorded_at: ".*\)', piece, re.DOTALL)
        if chained(piece, last) or chained(piece, printed) or whole and int(whole[1]) > number:
            return True
        printed = piece[:64] if re.match(STAMP, piece) else printed
    return False

def verify(folder, count=None, noted=""):
    data, at, good = pathlib.Path(folder, "journal.ron").read_bytes(), 0, [b""]
    if data.startswith(b"\xef\xbb\xbf"):
        return 2, "not a journal"
    while at < len(data):
        end = data.find(b"\n", at)
        line = data[at:end] if end >= 0 else data[at:]
        if not chained(line, good[-1]) or not line[65:].startswith(b"(number: %d," % len(good)):
            break
        good.append(line[:64])
        at += len(line) + 1
    first, tail = data.split(b"\n", 1)[0], data[at:]
    if len(good) > 1 and b", event: IncidentOpened(format: 1," not in first:
        return 2, "not a journal of format 1"
    if is_damage(tail, good[-1], len(good)):
        return 1, "damage at record %d" % len(good)
    if len(good) == 1:
        return 2, "not a journal"
    flow = pathlib.Path(folder, "flow.ron")
    used = hashlib.sha256(flow.read_bytes()).hexdigest() if flow.is_file() else "missing"
    if b'flow_sha256: "%s"' % used.encode() not in first:
        return 1, "damage at record 1: flow.ron is missing or not the flow that was used"
    if count is not None:
        noted = noted.replace("-", "").lower().encode()
        if int(count) < 1 or not re.fullmatch(rb"[0-9a-f]{32,64}", noted):
            return 2, "COUNT must be from 1, HASH 32 to 64 hex digits"
        if int(count) >= len(good) or not good[int(count)].startswith(noted):
            return 1, "other head: record %s is not the one that was noted" % count
    torn = "; the last %d bytes are no record: torn, or changed" % len(tail) if tail else ""
    return 0, "intact: %d %s%s" % (len(good) - 1, good[-1].decode(), torn)

if __name__ == "__main__":
    try:
        code, says = verify(*sys.argv[1:])
    except (OSError, TypeError, ValueError) as error:
        code, says = 2, str(error)
    print(says)
    sys.exit(code)
