//! Disks of a test's own: full, read-only, pulled out. As root, or where user name spaces are
//! allowed.

use std::path::Path;
use std::process::Command;

/// Names the folder of the small disk to the copy of this test that runs where it is mounted.
pub(crate) const MOUNTED: &str = "SHODO_TEST_MOUNTED";

/// Runs one test again in a name space of its own, where it may mount what it likes.
pub(crate) fn with_own_mounts(name: &str, folder: &Path) {
    // Root needs no user name space, and has none where the system or a container forbids them.
    let alone = Command::new("unshare").args(["--mount", "true"]).output();
    let alone = alone.is_ok_and(|output| output.status.success());
    let own: &[&str] = if alone {
        &["--mount", "--"]
    } else {
        &["--user", "--mount", "--map-root-user", "--"]
    };
    let output = Command::new("unshare")
        .args(own)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", name])
        .env(MOUNTED, folder)
        .output()
        .expect("unshare (util-linux) is installed; this check cannot be left out");
    let said = [output.stdout, output.stderr].concat();
    assert!(
        output.status.success(),
        "needs mount and user name spaces (kernel.unprivileged_userns_clone, or root): {}",
        String::from_utf8_lossy(&said)
    );
    // Of a name that no test has none would run, and all would pass.
    let one = String::from_utf8_lossy(&said).contains("1 passed");
    assert!(one, "no test is called {name}");
}

pub(crate) fn system(program: &str, arguments: &[&str], path: &Path) {
    let status = Command::new(program).args(arguments).arg(path).status();
    let status = status.unwrap_or_else(|error| panic!("{program} is installed: {error}"));
    assert!(status.success(), "{program} {arguments:?}");
}
