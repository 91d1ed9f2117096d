# What can be wrong in any file that people write.
source-problem = { $place }: { $what }
source-unknown-key = there is no key "{ $said }"{ $nearest ->
    [none] ; the keys are: { $known }.
   *[other] ; did you mean "{ $nearest }"?
}
source-missing-key = the key "{ $key }" is missing; add it.
source-key-twice = the key "{ $said }" was given before; take one away.
source-unquoted = { $said } needs straight quotes, as in "{ $said }"; only numbers, true and false go without.
source-truth = true and false are written in small letters.
source-wide = "{ $said }" is a full-width sign; write { $narrow } instead.
source-no-value = an equals sign or a value is missing here; a line gives one key, such as order = 1.
source-extra = there is something too much here; a line gives one key, take the rest away or begin a new line.
source-no-key = a key and an equals sign are missing here; a line gives one key, such as order = 1. Take away what is too much.
source-stray-bracket = there is a closing bracket too many; take it away.
source-open-bracket = a bracket before this is not closed; close it.
source-no-comma = a comma or the closing bracket is missing here; add it, and see whether the quotes before are closed.
source-extra-comma = there is a comma too many; take it away.
source-escape = a backslash in a text is written twice; or put the text in single quotes.
source-bad-key = the name left of the equals sign may hold ASCII letters, digits, - and _ only; change it.
source-open-text = the quotes are not closed; close them here.
source-lone-return = the line break is not a usual one; save the file again with a plain text editor.
source-too-deep = the brackets are nested too deep; nest them less.
source-bad-number = the number is not written right; write 12 or 0.5, or put it in quotes if it is a text.
source-toml = "{ $said }" is not written right; a line gives one key, such as name = "text", with the text in straight quotes.
source-invisible = there is an invisible character { $code } here; delete it.
source-wrong-value = { $said } does not fit here; this key takes { $wanted }.
source-bad-value = { $said } does not fit here; compare it with a file of this kind that comes with the program.
source-single-bracket = { $said } begins one of several; write it with double brackets, such as [[fields]].
source-wants-text = a text in straight quotes, such as "text"
source-wants-yes = true or false, without quotes
source-wants-whole = a whole number from 0 to { $most }, without quotes
source-wants-number = a number, such as 12 or "0.5"
source-wants-list = a list in brackets, such as ["a", "b"]
source-wants-label = a name in both languages, such as {"{"} zh = "名称", en = "name" {"}"}
source-wants-group = a group in braces, such as {"{"} key = value {"}"}
source-bad-id = "{ $said }" cannot be an id; use lower-case letters, digits and -, a letter first.
source-bad-code = "{ $said }" cannot be a code; begin with a letter or digit, with - _ and points inside, without blanks and commas.
source-blank = this is empty; fill it in.
source-twice = "{ $said }" stands here twice; take one away.
source-not-utf8 = from here on this is not UTF-8 text; save the file as UTF-8.
source-too-large = the file is larger than 1 MB, which no definition is; take away what does not belong in it, or move it elsewhere.
