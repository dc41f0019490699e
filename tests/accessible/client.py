"""An assistive technology that knows only roles and names.

It reads one order a line from standard input, as JSON, and answers each with one line of JSON.
It finds things in the AT-SPI tree by role and accessible name, presses them by their AT-SPI
action and writes by their EditableText; it uses no place on the screen, no key and no mouse.
What is named by an order must be there exactly once, else the order fails with the tree.

    {"do": "switch-on"}                                     an assistive technology is there
    {"do": "press", "role": R, "name": N}                   the action of a thing
    {"do": "write", "role": R, "name": N, "text": T}        the text of a field
    {"do": "read",  "role": R, "name": N}                   the text of a field
    {"do": "see",   "role": R, "part": P}                   waits for a thing with P in its name;
                                                            with "says": also with this description,
                                                            with "state": also in this state
    {"do": "place", "role": R, "part": P}                   its middle in the window, once it lies still:
                                                            for tests that drive the mouse themselves
    {"do": "miss",  "role": R, "part": P}                   waits until there is none
    {"do": "hear",  "part": P}                              waits for an announcement with P in it
    {"do": "tree"}                                          all that there is
"""

import json
import sys
import time


def stop(missing, error):
    """Says what is not installed, and ends."""
    print(json.dumps({"error": f"{missing} is not installed; this check cannot be left out: {error}"}), flush=True)
    sys.exit(1)


try:
    import pyatspi
    from gi.repository import Gio, GLib
except (ImportError, ValueError) as error:
    stop("python3-pyatspi (with gir1.2-atspi-2.0, for /usr/bin/python3)", error)

# A hang must end; nothing waits for a time.
LIMIT = 60.0
announcements = []


class Failed(Exception):
    """An order could not be carried out."""


def switch_on():
    """Says on the session bus what a screen reader says when it starts."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        try:
            bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties",
                          "Set", value, None, 0, -1, None)
        except GLib.Error as error:
            stop("at-spi2-core", error)
    pyatspi.Registry.registerEventListener(
        lambda event: announcements.append(str(event.any_data)), "object:announcement")


def listen():
    """Takes in what the program has told since."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def things():
    """Gives every thing of the program with its depth, anew."""
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.clear_cache()
    found = []

    def walk(thing, depth):
        try:
            found.append((depth, thing, role(thing), thing.name or ""))
            for at in range(thing.childCount):
                child = thing.getChildAtIndex(at)
                if child is not None:
                    walk(child, depth + 1)
        except (GLib.Error, LookupError, AttributeError):
            pass  # It went away while it was read; the next look shows what is there.

    for at in range(desktop.childCount):
        program = desktop.getChildAtIndex(at)
        if program is not None and program.name == "shodo":
            walk(program, 0)
    return found


def role(thing):
    """Gives the role as AT-SPI's constant is called, such as push-button."""
    return str(thing.getRole().value_nick)


def states(thing):
    """Gives the states that a screen reader tells."""
    told = {
        pyatspi.STATE_PRESSED: "pressed",
        pyatspi.STATE_CHECKED: "checked",
        pyatspi.STATE_FOCUSED: "focused",
        pyatspi.STATE_EDITABLE: "editable",
    }
    has = thing.getState()
    shown = [name for state, name in told.items() if has.contains(state)]
    if not has.contains(pyatspi.STATE_SENSITIVE) and thing.queryComponent():
        shown.append("disabled")
    return shown


def tree():
    """Gives the tree as text."""
    lines = []
    for depth, thing, its_role, name in things():
        try:
            shown = ", ".join(states(thing))
        except (GLib.Error, NotImplementedError):
            shown = ""
        lines.append("  " * depth + f"{its_role} “{name}” {shown}".rstrip())
    return "\n".join(lines)


def matching(order):
    """Gives the things that an order names."""
    def fits(its_role, name):
        if its_role != order.get("role", its_role):
            return False
        return order["part"] in name if "part" in order else name == order["name"]

    return [thing for _, thing, its_role, name in things() if fits(its_role, name)]


def wait(what, look):
    """Looks until there is something."""
    end = time.monotonic() + order_limit
    while True:
        listen()
        try:
            found = look()
        except GLib.Error:
            found = None  # The program was busy with it.
        if found:
            return found
        if time.monotonic() > end:
            raise Failed(f"waited in vain for {what}")
        time.sleep(0.05)


def the_one(order):
    """Gives the one thing that is named, once it is there and takes orders."""
    def look():
        found = matching(order)
        if len(found) > 1:
            raise Failed(f"{len(found)} things are called that")
        ready = found and found[0].getState().contains(pyatspi.STATE_SENSITIVE)
        return found if ready else None

    return wait("the thing", look)[0]


def press(order):
    action = the_one(order).queryAction()
    if not action.doAction(0):
        raise Failed("it has an action that does nothing")
    return {}


def text_of(thing):
    return thing.queryText().getText(0, -1)


def write(order):
    if not the_one(order).queryEditableText().setTextContents(order["text"]):
        raise Failed("it cannot be written")
    wait("the text in the field", lambda: text_of(the_one(order)) == order["text"])
    return {}


def place(order):
    last = None

    def look():
        nonlocal last
        box = the_one(order).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        before, last = last, (box.x, box.y, box.width, box.height)
        return last if last == before else None

    left, top, width, height = wait("it to lie still", look)
    return {"x": left + width // 2, "y": top + height // 2}


def see(order):
    def look():
        return [{"name": thing.name, "says": thing.description, "states": states(thing)}
                for thing in matching(order)
                if order.get("says", thing.description) == thing.description
                and order.get("state") in [None, *states(thing)]]

    return {"seen": wait("the sight", look)}


def heard(order):
    wait("the announcement", lambda: any(order["part"] in said for said in announcements))
    return {"announcements": announcements}


def carry_out(order):
    what = order["do"]
    if what == "switch-on":
        switch_on()
        return {}
    if what == "press":
        return press(order)
    if what == "write":
        return write(order)
    if what == "read":
        return {"text": text_of(the_one(order))}
    if what == "place":
        return place(order)
    if what == "see":
        return see(order)
    if what == "miss":
        wait("the end of it", lambda: not matching(order))
        return {}
    if what == "hear":
        return heard(order)
    if what == "tree":
        return {"tree": tree()}
    raise Failed("it is not known")


for line in sys.stdin:
    order = json.loads(line)
    order_limit = order.get("limit", LIMIT)
    try:
        answer = carry_out(order)
    except (Failed, GLib.Error, NotImplementedError) as error:
        said = "; ".join(announcements[-5:])
        answer = {"error": f"{order}: {error!r}\nheard: {said}\n{tree()}"}
    print(json.dumps(answer, ensure_ascii=False), flush=True)
