//! The icons: characters of the embedded icon font (Lucide), by Lucide's own names.
//!
//! An icon never stands alone: a word beside it, or the name of its button, says the same.
//! Tests hold the table against the font and against the code: each has its glyph and its use.

/// Makes a constant of each icon, and the list of all.
macro_rules! icons {
    ($($name:ident = $lucide:literal $char:literal,)+) => {
        $(
            #[doc = concat!("Lucide's `", $lucide, "`.")]
            pub const $name: &str = $char;
        )+

        /// All icons, by the name of their constant.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $char)),+];
    };
}

/// Gives words without their icons, as they are read aloud.
pub(super) fn without(text: &str) -> String {
    let is_icon = |sign: char| (0xe000..=0xf8ff).contains(&u32::from(sign));
    text.replace(is_icon, "").trim().to_owned()
}

icons! {
    PLAY = "play" "\u{e13c}",
    LIST = "list" "\u{e106}",
    USERS = "users" "\u{e1a4}",
    SETTINGS = "settings" "\u{e154}",
    HOUSE = "house" "\u{e0f5}",
    SEARCH = "search" "\u{e151}",
    CHECK = "check" "\u{e06c}",
    CIRCLE_CHECK = "circle-check" "\u{e226}",
    CIRCLE = "circle" "\u{e076}",
    CIRCLE_DOT = "circle-dot" "\u{e345}",
    TRIANGLE_ALERT = "triangle-alert" "\u{e193}",
    CIRCLE_ALERT = "circle-alert" "\u{e077}",
    INFO = "info" "\u{e0f9}",
    BAN = "ban" "\u{e051}",
    PHONE = "phone" "\u{e133}",
    COPY = "copy" "\u{e09e}",
    CLOCK = "clock" "\u{e087}",
    TIMER = "timer" "\u{e1e0}",
    PAUSE = "pause" "\u{e12e}",
    SKIP_FORWARD = "skip-forward" "\u{e160}",
    ROTATE_CCW = "rotate-ccw" "\u{e148}",
    UNDO_2 = "undo-2" "\u{e2a1}",
    CHEVRON_RIGHT = "chevron-right" "\u{e06f}",
    CHEVRON_DOWN = "chevron-down" "\u{e06d}",
    X = "x" "\u{e1b2}",
    PLUS = "plus" "\u{e13d}",
    PENCIL = "pencil" "\u{e1f9}",
    SEND = "send" "\u{e152}",
    HARD_DRIVE = "hard-drive" "\u{e0ed}",
    HOURGLASS = "hourglass" "\u{e296}",
    SHIELD_CHECK = "shield-check" "\u{e1ff}",
    LOCK = "lock" "\u{e10b}",
    FOLDER_OPEN = "folder-open" "\u{e247}",
    QUOTE = "quote" "\u{e239}",
    MESSAGE_SQUARE = "message-square" "\u{e117}",
    ARROW_LEFT = "arrow-left" "\u{e048}",
    ARROW_RIGHT = "arrow-right" "\u{e049}",
    EYE = "eye" "\u{e0ba}",
    CIRCLE_QUESTION_MARK = "circle-question-mark" "\u{e082}",
    LANGUAGES = "languages" "\u{e0fe}",
    SUN = "sun" "\u{e178}",
    MOON = "moon" "\u{e11e}",
    MONITOR = "monitor" "\u{e11d}",
    GRADUATION_CAP = "graduation-cap" "\u{e234}",
    SIREN = "siren" "\u{e2ef}",
    USER = "user" "\u{e19f}",
    USER_PLUS = "user-plus" "\u{e1a2}",
    FLAG = "flag" "\u{e0d1}",
    CALENDAR = "calendar" "\u{e063}",
    HOSPITAL = "hospital" "\u{e5d8}",
    CIRCLE_SLASH = "circle-slash" "\u{e402}",
    WRENCH = "wrench" "\u{e1b1}",
    HISTORY = "history" "\u{e1f5}",
    DOOR_OPEN = "door-open" "\u{e3d6}",
    FAST_FORWARD = "fast-forward" "\u{e0bd}",
    BELL = "bell" "\u{e059}",
    LIST_CHECKS = "list-checks" "\u{e1d0}",
    GIT_BRANCH = "git-branch" "\u{e0e2}",
    LINK = "link" "\u{e102}",
    MAIL = "mail" "\u{e10f}",
    REFRESH_CW = "refresh-cw" "\u{e145}",
    CIRCLE_STOP = "circle-stop" "\u{e083}",
    USER_MINUS = "user-minus" "\u{e1a1}",
    ARROW_RIGHT_LEFT = "arrow-right-left" "\u{e417}",
    WORKFLOW = "workflow" "\u{e425}",
    MAXIMIZE = "maximize" "\u{e112}",
    MINUS = "minus" "\u{e11c}",
    LIGHTBULB = "lightbulb" "\u{e1c2}",
}
