"""Makes the two subset fonts of this folder; README.md says how to run it.

usage: subset.py BIZ.ttf NOTO_SANS_JP.ttf NOTO_SANS_SYMBOLS_2.ttf LUCIDE.ttf LUCIDE_CODEPOINTS.json OUT_DIR
"""

import json
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

# Signs that neither Japanese font has and that people paste into notes.
SYMBOLS = "☐☑☒✔✖⚑⏱⏸⏵"
# Icons in the order of src/ui/icons.rs; their names are Lucide's.
ICONS = [
    "play", "list", "users", "settings", "house", "search", "check", "circle-check", "circle",
    "circle-dot", "triangle-alert", "circle-alert", "info", "ban", "phone", "copy", "clock",
    "timer", "pause", "skip-forward", "rotate-ccw", "undo-2", "chevron-right", "chevron-down",
    "x", "plus", "pencil", "send", "hard-drive", "hourglass", "shield-check", "shield-alert",
    "lock", "lock-open", "folder-open", "file-text", "book-open", "quote", "message-square",
    "arrow-right", "eye", "circle-question-mark", "keyboard", "languages", "sun", "moon",
    "monitor", "graduation-cap", "siren", "user", "user-plus", "flag", "calendar", "hospital",
    "circle-slash", "wrench", "history", "door-open", "fast-forward", "bell", "square-check",
    "square", "list-checks", "git-branch", "link", "mail", "arrow-left", "refresh-cw", "archive",
    "circle-stop", "user-minus", "arrow-right-left", "messages-square", "lightbulb", "table",
    "workflow", "maximize", "minus",
]


def codepoints(path):
    return set(TTFont(path, lazy=True).getBestCmap())


def cut(source, wanted, out):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "meta", "STAT"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    subset.save_font(font, out, options)


def main(biz, noto, symbols, lucide, lucide_points, out):
    have = codepoints(biz)
    cut(noto, codepoints(noto) - have, f"{out}/fallback.ttf")
    signs = {ord(c) for c in SYMBOLS} - have - codepoints(noto)
    cut(symbols, signs & codepoints(symbols), f"{out}/signs.ttf")
    points = json.load(open(lucide_points))
    cut(lucide, {points[name] for name in ICONS}, f"{out}/icons.ttf")
    for name in ICONS:
        print(f'{name} {points[name]:04x}')


main(*sys.argv[1:])
