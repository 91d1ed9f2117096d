//! The budgets: what the program may cost at 1,000, 20,000 and 100,000 entries, and what it costs.
//!
//! `cargo bench` prints one table for each size; `cargo bench -- 1000 20000` does only some. `cargo bench -- --make 20000 DIR` makes such a
//! book and leaves it; `--make-past 20000 100000 DIR` one with so many commits, and `--past DIR` looks into its past. Times are medians and wander with the machine; bytes and memory do not. Nothing here
//! fails: a budget that is missed is marked.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    missing_docs
)]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use taizhang::book::{Edit, Proposal, Value, Way};

/// The end of a synchronized update: the last bytes of every frame.
const FRAME: &[u8] = b"\x1b[?2026l";

struct Terminal {
    pieces: Receiver<(Instant, Vec<u8>)>,
    writer: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Terminal {
    fn start(book: &Path) -> (Self, Duration) {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_taizhang"));
        command.env_clear();
        for (name, value) in
            [("HOME", book.to_str().unwrap()), ("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")]
        {
            command.env(name, value);
        }
        command.args(["--lang", "zh", "--book", book.to_str().unwrap()]);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (send, pieces) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let begin = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut terminal = Self { pieces, writer, _master: pty.master, child };
        let took = terminal.frame(begin).0;
        (terminal, took)
    }

    /// Waits for the next frame; the time since `begin` and its bytes.
    fn frame(&mut self, begin: Instant) -> (Duration, usize) {
        let mut frame = Vec::new();
        loop {
            let (at, piece) = self.pieces.recv_timeout(Duration::from_secs(30)).unwrap();
            frame.extend(piece);
            if frame.ends_with(FRAME) {
                return (at.duration_since(begin), frame.len());
            }
        }
    }

    fn key(&mut self, key: &str) -> (Duration, usize) {
        // What an idle program still had to say does not count.
        std::thread::sleep(Duration::from_millis(3));
        while self.pieces.try_recv().is_ok() {}
        let begin = Instant::now();
        self.writer.write_all(key.as_bytes()).unwrap();
        self.frame(begin)
    }

    fn keys(&mut self, key: &str, times: usize) -> (f64, usize) {
        let presses: Vec<(Duration, usize)> = (0..times).map(|_| self.key(key)).collect();
        (
            median(presses.iter().map(|(took, _)| millis(*took))),
            most_common(presses.iter().map(|(_, bytes)| *bytes)),
        )
    }

    fn memory(&self) -> f64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.writer.write_all(b"qqq");
        let until = Instant::now() + Duration::from_secs(5);
        while self.child.try_wait().unwrap().is_none() {
            if Instant::now() > until {
                let _ = self.child.kill();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn most_common(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values[values.len() / 2]
}

struct Report(f64);

impl Report {
    fn line(&self, what: &str, value: f64, unit: &str, budget: Option<f64>) {
        let said = budget.map_or_else(String::new, |budget| {
            format!("{} {budget}", if value <= budget { "within" } else { "MISSED" })
        });
        println!("{:>7}  {what:<44}{value:>10.2} {unit:<3}  {said}", self.0);
    }
}

/// The part of a budget for this number of rows.
fn of(rows: usize, small: f64, middle: f64, large: f64) -> f64 {
    match rows {
        ..=1_000 => small,
        1_001..=20_000 => middle,
        _ => large,
    }
}

fn measure(rows: usize) {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    common::make(&book, rows);
    let report = Report(rows as f64);
    // The first start writes sled's snapshot.
    drop(Terminal::start(&book));
    let starts = (0..9).map(|_| millis(Terminal::start(&book).1));
    report.line("usable screen after start", median(starts), "ms", Some(of(rows, 40.0, 60.0, 100.0)));
    {
        let (mut terminal, _) = Terminal::start(&book);
        let (opened, _) = terminal.key("1");
        report.line("memory, a table open", terminal.memory(), "MB", Some(of(rows, 20.0, 40.0, 120.0)));
        report.line("a table opened from home", millis(opened), "ms", None);
        let (took, bytes) = terminal.keys("j", 25);
        report.line("key to last byte, line down, pane beside", took, "ms", Some(0.7));
        report.line("bytes, line down, pane beside", bytes as f64, "B", Some(2_000.0));
        terminal.key("p");
        report.line("bytes, line down, table alone", terminal.keys("k", 20).1 as f64, "B", Some(400.0));
        terminal.keys("j", 50);
        let (took, bytes) = terminal.keys("j", 30);
        report.line("key to last byte, scrolling", took, "ms", Some(0.7));
        report.line("bytes, scrolling", bytes as f64, "B", Some(450.0));
        report.line("bytes, page down", terminal.keys("\x1b[6~", 10).1 as f64, "B", Some(4_000.0));
        terminal.key("/");
        let typed: Vec<(char, f64)> =
            "fqpf".chars().map(|c| (c, millis(terminal.key(&c.to_string()).0))).collect();
        for (number, (key, took)) in typed.iter().enumerate() {
            let what = format!("filter, key {} ({key})", number + 1);
            report.line(&what, *took, "ms", Some(of(rows, 0.5, 2.0, 8.0)));
        }
        for _ in 0..4 {
            terminal.key("\x7f");
        }
        let typed: Vec<f64> = "铬酸雾".chars().map(|c| millis(terminal.key(&c.to_string()).0)).collect();
        report.line(
            "filter, characters, median key",
            median(typed.into_iter()),
            "ms",
            Some(of(rows, 0.5, 2.0, 8.0)),
        );
    }
    commits(&book, &report);
    common::looks::measure(&book, rows, &report);
    fs::remove_dir_all(book.join("state")).unwrap();
    let begin = Instant::now();
    let session = common::open(&book);
    report.line(
        "open, state rebuilt from the journal",
        millis(begin.elapsed()),
        "ms",
        Some(of(rows, 400.0, 400.0, 2_000.0)),
    );
    assert!(session.book().len() > rows);
}

/// What an acknowledged commit costs beside one append and sync of 4 KB in the same folder.
fn commits(book: &Path, report: &Report) {
    let mut session = common::open(book);
    let key = session.book().entries("aspects")[0];
    let mut floor = fs::File::create(book.join("floor")).unwrap();
    let (mut appends, mut commits) = (Vec::new(), Vec::new());
    for round in 0..60 {
        let begin = Instant::now();
        floor.write_all(&[b'x'; 4096]).unwrap();
        floor.sync_data().unwrap();
        appends.push(millis(begin.elapsed()));
        let fields = vec![("note".to_owned(), Some(Value::Text(format!("第 {round} 次"))))];
        let proposal =
            Proposal { way: Way::Screen, why: None, edits: vec![Edit::Set { entry: key, fields }] };
        let begin = Instant::now();
        session.commit(proposal, common::now()).unwrap();
        commits.push(millis(begin.elapsed()));
    }
    fs::remove_file(book.join("floor")).unwrap();
    let (floor, commit) = (median(appends.into_iter()), median(commits.into_iter()));
    report.line("one append of 4 KB with fdatasync", floor, "ms", None);
    report.line("commit acknowledged", commit, "ms", Some((floor * 150.0).round() / 100.0));
}

/// The time that the processors gave this program so far, in milliseconds.
fn processors() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap().split_whitespace().filter_map(|field| field.parse().ok()).collect();
    (fields[10] + fields[11]) * 10.0
}

/// What a look at a past day costs.
fn past(folder: &Path, report: &Report) {
    let journal = folder.join("journal");
    let begin = Instant::now();
    let timeline = taizhang::store::Timeline::read(&journal, u64::MAX).unwrap();
    report.line("the line of time read", millis(begin.elapsed()), "ms", None);
    for part in [4, 2, 1] {
        let seq = timeline.seq() / part;
        let looks = (0..3).map(|_| {
            let timeline = taizhang::store::Timeline::read(&journal, u64::MAX).unwrap();
            let begin = Instant::now();
            assert_eq!(timeline.book_at(seq).unwrap().seq(), seq);
            millis(begin.elapsed())
        });
        let looks: Vec<f64> = looks.collect();
        let least = looks.iter().copied().fold(f64::MAX, f64::min);
        report.line(&format!("the book after commit {seq}"), median(looks.into_iter()), "ms", Some(500.0));
        report.line("the same at best", least, "ms", Some(500.0));
        let timeline = taizhang::store::Timeline::read(&journal, u64::MAX).unwrap();
        let timed = processors();
        timeline.book_at(seq).unwrap();
        report.line("the same, time of all processors", processors() - timed, "ms", None);
        let step = Instant::now();
        timeline.book_at(seq - 1).unwrap();
        report.line("one step back from it", millis(step.elapsed()), "ms", Some(100.0));
    }
    let begin = Instant::now();
    let mut count = 0;
    timeline.commits((0, timeline.seq()), |commit| count += commit.changes.len()).unwrap();
    report.line("every commit read whole", millis(begin.elapsed()), "ms", None);
    let begin = Instant::now();
    let opened = taizhang::store::read(&taizhang::store::Folder::at(folder)).unwrap();
    report.line("the journal replayed and proved", millis(begin.elapsed()), "ms", None);
    assert!(count > 0 && opened.book.seq() == timeline.seq());
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [make, rows, folder] = args.as_slice()
        && make == "--make"
    {
        return common::make(Path::new(folder), rows.parse().unwrap());
    }
    if let [make, rows, commits, folder] = args.as_slice()
        && make == "--make-past"
    {
        return common::make_past(Path::new(folder), rows.parse().unwrap(), commits.parse().unwrap());
    }
    if let [past_of, folder] = args.as_slice()
        && past_of == "--past"
    {
        return past(Path::new(folder), &Report(0.0));
    }
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    for rows in if sizes.is_empty() { vec![1_000, 20_000, 100_000] } else { sizes } {
        measure(rows);
    }
}
