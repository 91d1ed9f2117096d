//! The program: arguments choose a face, the face decides the exit code.

fn main() {}
