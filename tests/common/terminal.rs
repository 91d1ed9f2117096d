//! The real program in a pseudo-terminal, seen through a terminal emulator.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for something to show.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Terminal {
    parser: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    writer: Box<dyn Write + Send>,
    master: Option<Box<dyn MasterPty + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

impl Terminal {
    /// Starts the program with a home of its own.
    pub fn start(
        home: &Path,
        (columns, rows): (u16, u16),
        variables: &[(&str, &str)],
        args: &[&str],
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taizhang"));
        command.args(args);
        Self::run(home, (columns, rows), variables, command)
    }

    /// Starts the program so that [`Terminal::disk_full`] is an error to it and not its end.
    #[cfg(target_os = "linux")]
    pub fn start_on_small_disk(home: &Path, lang: &str, book: &Path) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args([
            "-c",
            "trap '' XFSZ; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_taizhang"),
            "--lang",
            lang,
        ]);
        command.args([std::ffi::OsStr::new("--book"), book.as_os_str()]);
        Self::run(home, (80, 24), &[], command)
    }

    /// From now on no file of the program can grow, or can again.
    #[cfg(target_os = "linux")]
    pub fn disk_full(&self, full: bool) {
        use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        let maximum = getrlimit(Resource::Fsize).maximum;
        let current = if full { Some(0) } else { maximum };
        prlimit(Pid::from_raw(pid), Resource::Fsize, Rlimit { current, maximum }).unwrap();
    }

    /// Starts a shell with job control, in which the program can be stopped and brought back.
    pub fn shell(home: &Path) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.arg("-i");
        Self::run(home, (80, 24), &[("PS1", "shell> ")], command)
    }

    fn run(
        home: &Path,
        (columns, rows): (u16, u16),
        variables: &[(&str, &str)],
        mut command: CommandBuilder,
    ) -> Self {
        let pty = native_pty_system().openpty(size(columns, rows)).unwrap();
        command.env_clear();
        for (name, value) in [
            ("HOME", home.to_str().unwrap()),
            ("TERM", "xterm-256color"),
            ("LC_ALL", "C.UTF-8"),
            ("LANG", "zh_CN.UTF-8"),
            ("LC_MESSAGES", "zh_CN.UTF-8"),
        ] {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        if let Ok(path) = std::env::var("PATH") {
            command.env("PATH", path);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let parser =
            Arc::new(Mutex::new((vt100::Parser::new(nonzero(rows), nonzero(columns), 0), Vec::new())));
        let mut reader = pty.master.try_clone_reader().unwrap();
        let fed = Arc::clone(&parser);
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                let mut fed = fed.lock().unwrap();
                fed.0.process(&bytes[..count]);
                fed.1.extend(&bytes[..count]);
            }
        });
        let writer = pty.master.take_writer().unwrap();
        Self { parser, writer, master: Some(pty.master), child }
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        self.parser.lock().unwrap().0.screen().contents()
    }

    /// Every byte that came.
    pub fn bytes(&self) -> Vec<u8> {
        self.parser.lock().unwrap().1.clone()
    }

    /// Where the cursor is, and whether it is hidden.
    pub fn cursor(&self) -> ((u16, u16), bool) {
        let parser = self.parser.lock().unwrap();
        let screen = parser.0.screen();
        (screen.cursor_position(), screen.hide_cursor())
    }

    /// Whether the cell is reversed.
    pub fn reversed(&self, row: u16, column: u16) -> bool {
        self.parser.lock().unwrap().0.screen().cell(row, column).is_some_and(vt100::Cell::inverse)
    }

    /// The row that shows some words.
    pub fn row(&self, words: &str) -> u16 {
        let screen = self.screen();
        let row = screen.lines().position(|line| line.contains(words));
        u16::try_from(row.unwrap_or_else(|| panic!("no {words} in\n{screen}"))).unwrap()
    }

    /// Waits until the screen shows some words.
    pub fn wait(&mut self, words: &str) -> &mut Self {
        self.until(words, |screen| screen.contains(words))
    }

    /// Waits until the screen shows some words no longer.
    pub fn wait_gone(&mut self, words: &str) -> &mut Self {
        self.until(words, |screen| !screen.contains(words))
    }

    fn until(&mut self, words: &str, holds: impl Fn(&str) -> bool) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !holds(&self.screen()) {
            assert!(Instant::now() < until, "waiting for {words} in\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// Types bytes as they are.
    pub fn send(&mut self, bytes: &str) -> &mut Self {
        self.writer.write_all(bytes.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Types, and waits until the screen shows some words.
    pub fn press(&mut self, bytes: &str, words: &str) -> &mut Self {
        self.send(bytes);
        self.wait(words);
        self
    }

    /// Presses a key over and over until the screen is as wanted. Each waits for its frame: a key too many would go past it.
    pub fn press_until(&mut self, key: &str, holds: impl Fn(&Self) -> bool) -> &mut Self {
        for _ in 0..200 {
            if holds(self) {
                return self;
            }
            let before = self.bytes().len();
            self.send(key);
            let until = Instant::now() + PATIENCE;
            while self.bytes().len() == before {
                assert!(Instant::now() < until, "{key} does nothing in\n{}", self.screen());
                std::thread::sleep(Duration::from_millis(5));
            }
            let mut came = before;
            while came != self.bytes().len() {
                came = self.bytes().len();
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        panic!("never with {key} in\n{}", self.screen());
    }

    /// Opens a register or a view by its id from home, and waits until the screen shows some words.
    pub fn open_list(&mut self, id: &str, words: &str) -> &mut Self {
        self.send(":").send(id).wait(&format!(": {id}")).send("\r").wait(words)
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.parser.lock().unwrap().0.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// The line is lost.
    pub fn hang_up(&mut self) {
        self.master = None;
    }

    /// Waits for the end; gives the exit code.
    pub fn end(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                std::thread::sleep(Duration::from_millis(30));
                return status.exit_code();
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        // Until it has ended it has the book.
        let _ = self.child.wait();
    }
}
