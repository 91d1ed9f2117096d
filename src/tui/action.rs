//! What a key can do, where, and by which keys: the one table that the dispatcher, the hints, the help
//! and the palette read.

use std::fmt;

/// Where keys are listened to. A key means the same everywhere it means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Works on every screen that is not taking text.
    Everywhere,
    /// The welcome.
    Welcome,
    /// Home.
    Home,
    /// A table of entries.
    Table,
    /// One entry to read: detail, history, why, help.
    Page,
    /// A list to pick from while a text is typed.
    Pick,
    /// A question in a line of text.
    Line,
    /// A filter being typed.
    Filter,
    /// A form.
    Form,
    /// The evaluation.
    Evaluate,
    /// An entry in a review round.
    Review,
    /// The end of a review round.
    Closing,
    /// The risk matrix.
    Matrix,
    /// The drill clock.
    Clock,
    /// The grading of a drill.
    Grade,
    /// A sheet of a checklist.
    Sheet,
    /// The methods of evaluation, and one of them.
    Rules,
    /// The calendar of what is due.
    Due,
    /// A list of another program on its way into a register.
    Import,
    /// The files of an entry.
    Files,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $id:literal, [$($scope:ident: $($key:literal)|+),*];)*) => {
        /// What a key can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name),* }

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// The name used by `keys.toml` and by the messages `action-ID`.
            pub fn id(self) -> &'static str {
                match self { $(Action::$name => $id),* }
            }

            /// Where it works and by which keys, unless `keys.toml` says otherwise.
            pub fn defaults(self) -> &'static [(Scope, &'static [&'static str])] {
                match self { $(Action::$name => &[$((Scope::$scope, &[$($key),+])),*]),* }
            }
        }
    };
}

actions! {
    /// One row up.
    Up = "up", [Table: "Up"|"k", Home: "Up"|"k", Page: "Up"|"k", Pick: "Up"|"Ctrl-p", Form: "BackTab", Evaluate: "Up"|"k"|"BackTab", Review: "Up", Closing: "Up"|"k", Matrix: "Up"|"k", Welcome: "Up"|"k", Clock: "Up"|"k", Grade: "Up"|"k"|"BackTab", Sheet: "Up"|"k"|"BackTab", Rules: "Up"|"k", Due: "Up"|"k", Import: "Up"|"k", Files: "Up"|"k"];
    /// One row down.
    Down = "down", [Table: "Down"|"j", Home: "Down"|"j", Page: "Down"|"j", Pick: "Down"|"Ctrl-n", Form: "Tab", Evaluate: "j"|"Down"|"Tab", Review: "Down"|"Tab", Closing: "Down"|"j", Matrix: "Down"|"j", Welcome: "Down"|"j", Clock: "Down"|"j", Grade: "Down"|"j"|"Tab", Sheet: "Down"|"j"|"Tab", Rules: "Down"|"j", Due: "Down"|"j", Import: "Down"|"j", Files: "Down"|"j"];
    /// One line up in words of several lines, else one field.
    LineUp = "line-up", [Form: "Up"];
    /// One line down in words of several lines, else one field.
    LineDown = "line-down", [Form: "Down"];
    /// One column to the left.
    Left = "left", [Table: "Left"|"h", Home: "Left"|"h", Page: "Left"|"h", Form: "Left", Review: "Left", Matrix: "Left"|"h", Due: "Left"|"h"];
    /// One column to the right.
    Right = "right", [Table: "Right"|"l", Home: "Right"|"l", Page: "Right"|"l", Form: "Right", Review: "Right", Matrix: "Right"|"l", Due: "Right"|"l"];
    /// One page up.
    PageUp = "page-up", [Table: "PageUp"|"Ctrl-u", Page: "PageUp"|"Ctrl-u", Pick: "PageUp", Form: "PageUp", Matrix: "PageUp", Rules: "PageUp"|"Ctrl-u", Due: "PageUp"|"Ctrl-u", Import: "PageUp"|"Ctrl-u", Files: "PageUp"|"Ctrl-u"];
    /// One page down.
    PageDown = "page-down", [Table: "PageDown"|"Ctrl-d", Page: "PageDown"|"Ctrl-d", Pick: "PageDown", Form: "PageDown", Matrix: "PageDown", Rules: "PageDown"|"Ctrl-d", Due: "PageDown"|"Ctrl-d", Import: "PageDown"|"Ctrl-d", Files: "PageDown"|"Ctrl-d"];
    /// The first row, or the row of a count.
    Top = "top", [Table: "Home"|"g g", Page: "Home"|"g g", Home: "Home"|"g g", Rules: "Home"|"g g", Due: "Home"|"g g", Matrix: "Home"|"g g", Import: "Home"|"g g", Files: "Home"|"g g"];
    /// The last row, or the row of a count.
    Bottom = "bottom", [Table: "End"|"G", Page: "End"|"G", Home: "End"|"G", Rules: "End"|"G", Due: "End"|"G", Matrix: "End"|"G", Import: "End"|"G", Files: "End"|"G"];
    /// Into what the cursor is on.
    Open = "open", [Table: "Enter", Home: "Enter", Page: "Enter", Pick: "Enter", Line: "Enter", Filter: "Enter", Welcome: "Enter", Review: "Enter", Closing: "Enter", Matrix: "Enter", Clock: "Enter", Grade: "Enter", Sheet: "Enter", Rules: "Enter", Due: "Enter", Import: "Enter", Files: "Enter"];
    /// One step back; a draft is kept.
    Back = "back", [Everywhere: "Esc", Pick: "Esc", Line: "Esc", Filter: "Esc", Form: "Esc", Evaluate: "Esc"];
    /// The next part of the screen.
    NextPart = "next-part", [Home: "Tab", Page: "Tab", Due: "Tab", Import: "Tab"];
    /// A new entry.
    Add = "add", [Table: "a", Home: "a", Closing: "a"];
    /// The whole form.
    Edit = "edit", [Table: "e", Page: "e", Review: "e", Clock: "e", Due: "e"];
    /// The one cell under the column cursor.
    EditCell = "edit-cell", [Table: "E"];
    /// Evaluate.
    Evaluate = "evaluate", [Table: "v", Page: "v", Form: "F6", Review: "v", Clock: "v"];
    /// A new entry like this one.
    CopyAsNew = "copy-as-new", [Table: "A", Page: "A"];
    /// Delete, with a reason.
    Delete = "delete", [Table: "d"|"Delete", Page: "d"|"Delete", Home: "d"|"Delete"];
    /// Mark the row.
    Mark = "mark", [Table: "Space"];
    /// Mark every row that is shown, or none.
    MarkAll = "mark-all", [Table: "*"];
    /// Change one field of all marked rows.
    Bulk = "bulk", [Table: "b"];
    /// Narrow the rows while typing.
    Filter = "filter", [Table: "/", Due: "/", Page: "/"];
    /// Order by a column.
    Sort = "sort", [Table: "s"];
    /// The views.
    Views = "views", [Table: "V", Home: "V"];
    /// Every register.
    Registers = "registers", [Home: "0"];
    /// Keep the filter as a view.
    SaveView = "save-view", [Table: "S", Filter: "F2"];
    /// What happened to this entry.
    History = "history", [Table: "H", Page: "H", Review: "H", Clock: "H", Due: "H"];
    /// Why it has its level.
    Why = "why", [Table: "w", Page: "w", Review: "w", Evaluate: "w", Pick: "F8", Form: "F8"];
    /// A review round.
    Review = "review", [Home: "R", Table: "R", Page: "R"];
    /// The entry before, in a round.
    Previous = "previous", [Review: "k"];
    /// The entry after, in a round.
    Next = "next", [Review: "j"];
    /// A note.
    Note = "note", [Review: "n", Closing: "n", Table: "n", Page: "n"];
    /// Nothing new.
    Nothing = "nothing", [Closing: "0"];
    /// Set aside, with a reason.
    Aside = "aside", [Review: "x"];
    /// Keep all the rest at once, with their number and a reason.
    ConfirmRest = "confirm-rest", [Review: "*"];
    /// Note what an auditor asks, with what is on screen.
    Question = "question", [Everywhere: "Q", Pick: "F7", Form: "F7"];
    /// How it stands: open, answered, and so on.
    Settle = "settle", [Table: "z", Page: "z", Due: "z"];
    /// Draw a sample.
    Draw = "draw", [Table: "%", Page: "%", Home: "%"];
    /// The risk matrix.
    Matrix = "matrix", [Table: "m"];
    /// Show or hide the pane beside the table.
    Pane = "pane", [Table: "p", Pick: "Tab"];
    /// A new entry to link to.
    Create = "create", [Pick: "F5"];
    /// Another look.
    Theme = "theme", [Everywhere: "T"];
    /// Bring back what stood there.
    Restore = "restore", [Page: "B"];
    /// As of a past day.
    AsOf = "as-of", [Everywhere: "@"];
    /// What changed since a day; beside a past that is shown, what changed since then.
    Changes = "changes", [Everywhere: "D"];
    /// After the commit before.
    CommitBefore = "commit-before", [Everywhere: "["];
    /// After the next commit.
    CommitAfter = "commit-after", [Everywhere: "]"];
    /// Copy to the clipboard of the terminal.
    Copy = "copy", [Table: "y", Page: "y", Due: "y"];
    /// Without columns, for selecting with the mouse.
    Plain = "plain", [Table: "Y", Page: "Y", Due: "Y"];
    /// Pin a look-up.
    Pin = "pin", [Pick: "F2"];
    /// Take back one's own last change.
    Undo = "undo", [Everywhere: "u"];
    /// Do again what was taken back.
    Redo = "redo", [Everywhere: "U"];
    /// Save.
    Save = "save", [Page: "F2", Form: "F2"|"Ctrl-s", Line: "F2", Evaluate: "F2"|"Ctrl-s", Review: "F2"|"Ctrl-s", Closing: "F2"|"Ctrl-s", Grade: "F2"|"Ctrl-s", Sheet: "F2"|"Ctrl-s", Import: "F2"|"Ctrl-s"];
    /// Step back inside a form.
    StepBack = "step-back", [Form: "F4"|"Ctrl-z", Evaluate: "F4", Review: "F4", Grade: "F4", Sheet: "F4"];
    /// How to fill in this field.
    FieldHelp = "field-help", [Form: "F1"];
    /// Put a choice or take it away, or add a row.
    Choose = "choose", [Form: "Space"];
    /// Another method.
    OtherMethod = "other-method", [Evaluate: "o"];
    /// With the controls in place, or without.
    Residual = "residual", [Evaluate: "r", Review: "r"];
    /// Direct judgement.
    Direct = "direct", [Evaluate: "i"];
    /// Off the list, though only law or concern fell.
    Release = "release", [Evaluate: "x"];
    /// Carry it out now: the clock of a drill, the sheet of a checklist.
    Clock = "clock", [Table: "t", Page: "t"];
    /// What is left on a sheet is as it should be.
    PassRest = "pass-rest", [Sheet: "A"];
    /// One more is here.
    HeadsMore = "heads-more", [Clock: "+"|"="];
    /// One less is here.
    HeadsFewer = "heads-fewer", [Clock: "-"];
    /// The time of a step is typed.
    ClockTime = "clock-time", [Clock: "t"];
    /// Something is noted with its time.
    ClockNote = "clock-note", [Clock: "n"];
    /// A problem that is to be closed later.
    ClockProblem = "clock-problem", [Clock: "p"];
    /// Complete the word.
    Complete = "complete", [Line: "Tab", Filter: "Tab"];
    /// An earlier line.
    Earlier = "earlier", [Line: "Up", Filter: "Up"];
    /// A later line.
    Later = "later", [Line: "Down", Filter: "Down"];
    /// The methods of evaluation.
    Methods = "methods", [Everywhere: "M"];
    /// A file with a new edition, only to see what it would say.
    TryRule = "try-rule", [Rules: "a"];
    /// Put the tried edition in force.
    Adopt = "adopt", [Rules: "F2"];
    /// Evaluate again what carries over from older editions.
    Carry = "carry", [Rules: "v"];
    /// What stands in the terms of a contract, and what its review says of it.
    Terms = "terms", [Table: "W", Page: "W"];
    /// What hangs on an entry, and where a link is missing.
    Chain = "chain", [Table: "c", Page: "c", Due: "c"];
    /// A nonconformity about what is on screen.
    Raise = "raise", [Table: "N", Page: "N", Due: "N"];
    /// Accept what a check found as it is.
    Accept = "accept", [Page: "x"];
    /// Say that what is due is done.
    Done = "done", [Due: "d"];
    /// Everything that is due.
    Calendar = "due", [Everywhere: "C"];
    /// Every clause by department.
    Coverage = "coverage", [Everywhere: "#"];
    /// What was to be looked at again stays as it is.
    Unchanged = "unchanged", [Table: "=", Page: "="];
    /// What an auditor would find.
    Check = "check", [Everywhere: "!"];
    /// An audit: its clauses with their evidence, and what is noted.
    Audit = "audit", [Everywhere: "O"];
    /// A list of another program into a register.
    Import = "import", [Everywhere: "I"];
    /// The files of an entry.
    Files = "files", [Table: "f", Page: "f"];
    /// Issue a list, or the draft of one; what changed since one was issued.
    Issue = "issue", [Table: "P", Page: "P"];
    /// What an auditor takes along.
    Pack = "pack", [Everywhere: "Z"];
    /// Attach a file.
    Attach = "attach", [Files: "a"];
    /// Open the file by the system.
    OpenFile = "open-file", [Files: "o"];
    /// Take a file off an entry.
    TakeOff = "take-off", [Files: "d"|"Delete"];
    /// A list or a record as a file, or on the company's form.
    Handout = "export", [Table: "X", Page: "X"];
    /// Keep an evaluation as the list states it.
    KeepStated = "keep-stated", [Import: "1"];
    /// Keep an evaluation as it follows from its factors.
    KeepComputed = "keep-computed", [Import: "2"];
    /// Keep no evaluation yet.
    KeepOpen = "keep-open", [Import: "3"];
    /// Keep all the rest as this one.
    KeepRest = "keep-rest", [Import: "A"];
    /// Take this row out, or back in.
    LeaveOut = "leave-out", [Import: "x"];
    /// Find anything.
    Find = "find", [Everywhere: "Ctrl-p"|"F3", Home: "/"];
    /// Any command by name.
    Command = "command", [Everywhere: ":"];
    /// Another language.
    Language = "language", [Everywhere: "L"];
    /// Draw the screen anew.
    Redraw = "redraw", [Everywhere: "Ctrl-l", Form: "Ctrl-l", Line: "Ctrl-l", Filter: "Ctrl-l", Evaluate: "Ctrl-l", Pick: "Ctrl-l"];
    /// What works here.
    Help = "help", [Everywhere: "?"|"F1", Pick: "F1", Line: "F1", Filter: "F1"];
    /// To another program, and back with `fg`.
    Suspend = "suspend", [Everywhere: "Ctrl-z"];
    /// Leave.
    Quit = "quit", [Everywhere: "q"|"Ctrl-c", Line: "Ctrl-c", Filter: "Ctrl-c", Pick: "Ctrl-c", Form: "Ctrl-c", Evaluate: "Ctrl-c"];
}

impl Action {
    /// Whether it leads to a change of the book.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Action::Add
                | Action::Edit
                | Action::EditCell
                | Action::Evaluate
                | Action::CopyAsNew
                | Action::Delete
                | Action::Bulk
                | Action::SaveView
                | Action::HeadsMore
                | Action::HeadsFewer
                | Action::ClockTime
                | Action::ClockNote
                | Action::ClockProblem
                | Action::Question
                | Action::Settle
                | Action::Restore
                | Action::Undo
                | Action::Redo
                | Action::Adopt
                | Action::Carry
                | Action::TryRule
                | Action::Review
                | Action::Accept
                | Action::Note
                | Action::Unchanged
                | Action::Raise
                | Action::Done
                | Action::Import
                | Action::Attach
                | Action::Issue
        )
    }

    /// The action with this id.
    pub fn named(id: &str) -> Option<Self> {
        Action::ALL.iter().copied().find(|action| action.id() == id)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Scope {
    /// Every scope.
    pub const ALL: &'static [Scope] = &[
        Scope::Everywhere,
        Scope::Welcome,
        Scope::Home,
        Scope::Table,
        Scope::Page,
        Scope::Pick,
        Scope::Line,
        Scope::Filter,
        Scope::Form,
        Scope::Evaluate,
        Scope::Review,
        Scope::Closing,
        Scope::Matrix,
        Scope::Clock,
        Scope::Grade,
        Scope::Sheet,
        Scope::Rules,
        Scope::Due,
        Scope::Import,
        Scope::Files,
    ];

    /// Whether plain letters are text here; then only [`Scope::takes_everywhere`] keys act.
    pub fn is_text(self) -> bool {
        matches!(self, Scope::Pick | Scope::Line | Scope::Filter | Scope::Form)
    }

    /// Whether the keys of [`Scope::Everywhere`] work here too.
    pub fn takes_everywhere(self) -> bool {
        !self.is_text()
    }

    /// The name used by `keys.toml` and by the messages `scope-ID`.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Everywhere => "everywhere",
            Scope::Welcome => "welcome",
            Scope::Home => "home",
            Scope::Table => "table",
            Scope::Page => "page",
            Scope::Pick => "pick",
            Scope::Line => "line",
            Scope::Filter => "filter",
            Scope::Form => "form",
            Scope::Evaluate => "evaluate",
            Scope::Review => "review",
            Scope::Closing => "closing",
            Scope::Matrix => "matrix",
            Scope::Clock => "clock",
            Scope::Grade => "grade",
            Scope::Sheet => "sheet",
            Scope::Rules => "rules",
            Scope::Due => "due",
            Scope::Import => "import",
            Scope::Files => "files",
        }
    }
}
