//! The icons: characters of the embedded icon font (Lucide), named by what they mean here.
//!
//! An icon never stands alone: a word beside it, or the name of its button, says the same.
//! A test holds these constants against the font, both ways.

/// Lucide's `play`.
pub const PLAY: &str = "\u{e13c}";
/// Lucide's `list`.
pub const LIST: &str = "\u{e106}";
/// Lucide's `users`.
pub const USERS: &str = "\u{e1a4}";
/// Lucide's `settings`.
pub const SETTINGS: &str = "\u{e154}";
/// Lucide's `house`.
pub const HOUSE: &str = "\u{e0f5}";
/// Lucide's `search`.
pub const SEARCH: &str = "\u{e151}";
/// Lucide's `check`.
pub const CHECK: &str = "\u{e06c}";
/// Lucide's `circle-check`.
pub const CIRCLE_CHECK: &str = "\u{e226}";
/// Lucide's `circle`.
pub const CIRCLE: &str = "\u{e076}";
/// Lucide's `circle-dot`.
pub const CIRCLE_DOT: &str = "\u{e345}";
/// Lucide's `triangle-alert`.
pub const TRIANGLE_ALERT: &str = "\u{e193}";
/// Lucide's `circle-alert`.
pub const CIRCLE_ALERT: &str = "\u{e077}";
/// Lucide's `info`.
pub const INFO: &str = "\u{e0f9}";
/// Lucide's `ban`.
pub const BAN: &str = "\u{e051}";
/// Lucide's `phone`.
pub const PHONE: &str = "\u{e133}";
/// Lucide's `copy`.
pub const COPY: &str = "\u{e09e}";
/// Lucide's `clock`.
pub const CLOCK: &str = "\u{e087}";
/// Lucide's `timer`.
pub const TIMER: &str = "\u{e1e0}";
/// Lucide's `pause`.
pub const PAUSE: &str = "\u{e12e}";
/// Lucide's `skip-forward`.
pub const SKIP_FORWARD: &str = "\u{e160}";
/// Lucide's `rotate-ccw`.
pub const ROTATE_CCW: &str = "\u{e148}";
/// Lucide's `undo-2`.
pub const UNDO_2: &str = "\u{e2a1}";
/// Lucide's `chevron-right`.
pub const CHEVRON_RIGHT: &str = "\u{e06f}";
/// Lucide's `chevron-down`.
pub const CHEVRON_DOWN: &str = "\u{e06d}";
/// Lucide's `x`.
pub const X: &str = "\u{e1b2}";
/// Lucide's `plus`.
pub const PLUS: &str = "\u{e13d}";
/// Lucide's `pencil`.
pub const PENCIL: &str = "\u{e1f9}";
/// Lucide's `send`.
pub const SEND: &str = "\u{e152}";
/// Lucide's `hard-drive`.
pub const HARD_DRIVE: &str = "\u{e0ed}";
/// Lucide's `hourglass`.
pub const HOURGLASS: &str = "\u{e296}";
/// Lucide's `shield-check`.
pub const SHIELD_CHECK: &str = "\u{e1ff}";
/// Lucide's `shield-alert`.
pub const SHIELD_ALERT: &str = "\u{e1fe}";
/// Lucide's `lock`.
pub const LOCK: &str = "\u{e10b}";
/// Lucide's `lock-open`.
pub const LOCK_OPEN: &str = "\u{e10c}";
/// Lucide's `folder-open`.
pub const FOLDER_OPEN: &str = "\u{e247}";
/// Lucide's `file-text`.
pub const FILE_TEXT: &str = "\u{e0cc}";
/// Lucide's `book-open`.
pub const BOOK_OPEN: &str = "\u{e05f}";
/// Lucide's `quote`.
pub const QUOTE: &str = "\u{e239}";
/// Lucide's `message-square`.
pub const MESSAGE_SQUARE: &str = "\u{e117}";
/// Lucide's `arrow-right`.
pub const ARROW_RIGHT: &str = "\u{e049}";
/// Lucide's `eye`.
pub const EYE: &str = "\u{e0ba}";
/// Lucide's `circle-question-mark`.
pub const CIRCLE_QUESTION_MARK: &str = "\u{e082}";
/// Lucide's `keyboard`.
pub const KEYBOARD: &str = "\u{e284}";
/// Lucide's `languages`.
pub const LANGUAGES: &str = "\u{e0fe}";
/// Lucide's `sun`.
pub const SUN: &str = "\u{e178}";
/// Lucide's `moon`.
pub const MOON: &str = "\u{e11e}";
/// Lucide's `monitor`.
pub const MONITOR: &str = "\u{e11d}";
/// Lucide's `graduation-cap`.
pub const GRADUATION_CAP: &str = "\u{e234}";
/// Lucide's `siren`.
pub const SIREN: &str = "\u{e2ef}";
/// Lucide's `user`.
pub const USER: &str = "\u{e19f}";
/// Lucide's `user-plus`.
pub const USER_PLUS: &str = "\u{e1a2}";
/// Lucide's `flag`.
pub const FLAG: &str = "\u{e0d1}";
/// Lucide's `calendar`.
pub const CALENDAR: &str = "\u{e063}";
/// Lucide's `hospital`.
pub const HOSPITAL: &str = "\u{e5d8}";
/// Lucide's `circle-slash`.
pub const CIRCLE_SLASH: &str = "\u{e402}";
/// Lucide's `wrench`.
pub const WRENCH: &str = "\u{e1b1}";
/// Lucide's `history`.
pub const HISTORY: &str = "\u{e1f5}";
/// Lucide's `door-open`.
pub const DOOR_OPEN: &str = "\u{e3d6}";
/// Lucide's `fast-forward`.
pub const FAST_FORWARD: &str = "\u{e0bd}";
/// Lucide's `bell`.
pub const BELL: &str = "\u{e059}";
/// Lucide's `square-check`.
pub const SQUARE_CHECK: &str = "\u{e559}";
/// Lucide's `square`.
pub const SQUARE: &str = "\u{e167}";
/// Lucide's `list-checks`.
pub const LIST_CHECKS: &str = "\u{e1d0}";
/// Lucide's `git-branch`.
pub const GIT_BRANCH: &str = "\u{e0e2}";
/// Lucide's `link`.
pub const LINK: &str = "\u{e102}";
/// Lucide's `mail`.
pub const MAIL: &str = "\u{e10f}";
/// Lucide's `arrow-left`.
pub const ARROW_LEFT: &str = "\u{e048}";
/// Lucide's `refresh-cw`.
pub const REFRESH_CW: &str = "\u{e145}";
/// Lucide's `archive`.
pub const ARCHIVE: &str = "\u{e041}";
/// Lucide's `circle-stop`.
pub const CIRCLE_STOP: &str = "\u{e083}";
/// Lucide's `user-minus`.
pub const USER_MINUS: &str = "\u{e1a1}";
/// Lucide's `arrow-right-left`.
pub const ARROW_RIGHT_LEFT: &str = "\u{e417}";
/// Lucide's `messages-square`.
pub const MESSAGES_SQUARE: &str = "\u{e40d}";
/// Lucide's `lightbulb`.
pub const LIGHTBULB: &str = "\u{e1c2}";
/// Lucide's `table`.
pub const TABLE: &str = "\u{e17d}";

/// All icons, for the test that looks for their glyphs.
pub const ALL: [&str; 75] = [
    PLAY,
    LIST,
    USERS,
    SETTINGS,
    HOUSE,
    SEARCH,
    CHECK,
    CIRCLE_CHECK,
    CIRCLE,
    CIRCLE_DOT,
    TRIANGLE_ALERT,
    CIRCLE_ALERT,
    INFO,
    BAN,
    PHONE,
    COPY,
    CLOCK,
    TIMER,
    PAUSE,
    SKIP_FORWARD,
    ROTATE_CCW,
    UNDO_2,
    CHEVRON_RIGHT,
    CHEVRON_DOWN,
    X,
    PLUS,
    PENCIL,
    SEND,
    HARD_DRIVE,
    HOURGLASS,
    SHIELD_CHECK,
    SHIELD_ALERT,
    LOCK,
    LOCK_OPEN,
    FOLDER_OPEN,
    FILE_TEXT,
    BOOK_OPEN,
    QUOTE,
    MESSAGE_SQUARE,
    ARROW_RIGHT,
    EYE,
    CIRCLE_QUESTION_MARK,
    KEYBOARD,
    LANGUAGES,
    SUN,
    MOON,
    MONITOR,
    GRADUATION_CAP,
    SIREN,
    USER,
    USER_PLUS,
    FLAG,
    CALENDAR,
    HOSPITAL,
    CIRCLE_SLASH,
    WRENCH,
    HISTORY,
    DOOR_OPEN,
    FAST_FORWARD,
    BELL,
    SQUARE_CHECK,
    SQUARE,
    LIST_CHECKS,
    GIT_BRANCH,
    LINK,
    MAIL,
    ARROW_LEFT,
    REFRESH_CW,
    ARCHIVE,
    CIRCLE_STOP,
    USER_MINUS,
    ARROW_RIGHT_LEFT,
    MESSAGES_SQUARE,
    LIGHTBULB,
    TABLE,
];
