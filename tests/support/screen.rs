//! A display of its own for the real window.

use std::process::{Child, Command, Stdio};

use super::text;

/// A display of its own; ends with the test.
pub(crate) struct Screen {
    server: Child,
    pub name: String,
}

impl Screen {
    pub(crate) fn open() -> Self {
        Self::open_with(&[])
    }

    pub(crate) fn open_with(more: &[&str]) -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                // Else a program that comes just after another has gone may find no display.
                "-noreset",
            ])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed; this check cannot be left out");
        let mut line = String::new();
        let mut answer = std::io::BufReader::new(server.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut answer, &mut line).unwrap();
        Self {
            server,
            name: format!(":{}", line.trim()),
        }
    }

    pub(crate) fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .output()
            .expect("xdotool is installed; this check cannot be left out");
        output.status.success().then(|| text(&output.stdout))
    }

    pub(crate) fn key(&self, key: &str) {
        self.xdotool(&["key", "--clearmodifiers", key]).unwrap();
    }

    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "30", text]).unwrap();
    }

    pub(crate) fn click(&self, x: i32, y: i32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()])
            .unwrap();
        self.xdotool(&["click", "1"]).unwrap();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
