# Help.
help-title = Keys and help
scope-what-everywhere = On every screen
scope-what-welcome = The first start
scope-what-home = Home: what wants an answer, the registers, the latest changes.
scope-what-table = A register: digits count; ! is significant or major, - is not rated, ? before a row is to be looked at.
scope-what-page = A page: Enter opens the link under the cursor.
scope-what-pick = A list: typing narrows it, pinyin works.
scope-what-line = A question: Enter when it is answered.
scope-what-filter = A filter: it narrows while you type.
scope-what-form = A form: * is required, though it can wait. Rows stand one a line, cells divided by |.
scope-what-evaluate = Evaluating: digits choose; letters where the scale is not 1..n.
scope-what-review = Review: Enter keeps; digits or Left/Right change a factor, Up/Down go to another; a flip wants a reason.
scope-what-closing = End of a review: answer each topic, then F2.
scope-what-matrix = A matrix: arrows go to a figure, Enter opens what it counts.
help-filter = Filter: words are found anywhere; Chinese by pinyin and initials too (hz and huozai find 火灾).
help-filter-words = state:normal department:tech score>=15 -kind:use means: this column contains, at least, not; conditions side by side all hold, | is or, parentheses group.
help-filter-more = "next review"<30d is due within 30 days; impact:- is empty, impact:* is filled in; plan.drills.date>2021-05-13 follows links.
help-major = Major hazards here are unacceptable OH&S risks, not the major hazard installations of dangerous chemicals in law.
help-saved = Every save is on disk before it is confirmed; a form that was not saved is kept as a draft and goes on when the entry is opened again.
scope-what-rules = Methods: Enter shows the rule and what rests on older editions, a tries a file, v carries over.
scope-what-due = What is due: overdue first, then by month. Left/Right look nearer or further, / narrows to a person or department, d fills in the day it was done.
scope-what-import = A list on its way in: Tab is the next step, Enter changes what the cursor is on; nothing is written before F2.
scope-what-files = The files of an entry: a attaches one, Enter copies it out.
