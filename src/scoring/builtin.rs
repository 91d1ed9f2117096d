//! The methods the program brings along, from `data/methods/`.

macro_rules! methods {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/methods/", $name)))),*]
    };
}

const METHODS: &[(&str, &str)] = methods![
    "lec.toml",
    "lec-en.toml",
    "ls.toml",
    "mes.toml",
    "aspect-sum6.toml",
    "aspect-sum6x4.toml",
    "aspect-use.toml",
    "aspect-max.toml",
    "aspect-146.toml",
];

/// File name and text of every built-in method.
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    METHODS
}
