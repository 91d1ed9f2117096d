# Drills: the clock, windows, problems, what is due.
definition-half-heads = heads need both planned and actual, or neither.
definition-steps = there are { $count } steps; there must be 1 to { $most }, a digit for each.
definition-other-kind = "{ $said }" is a { $is } field; here a { $kind } field is needed.
windows-comma = ,{" "}
problem-line = { $words }: { $how }
window-year = {""}
window-first-half = H1
window-second-half = H2
window-quarter = Q{ $part }
window-month = month { $part }
window-met = met by { $by }
window-missed = missed
window-open = open
window-due = due by { $on }
window-overdue = overdue since { $on }
window-uncounted = { $by } does not count: { $why }
uncounted-not-held = it has no conclusion
uncounted-later = it lies in the future
uncounted-vague = its date is not exact enough
lack-measure = no measure
lack-closed = not done
lack-later = done in the future only
lack-confirmed = not confirmed
lack-own = confirmed by its own owner
problem-open = open: { $lacks }
problem-untested = measure done, not re-tested{ $named ->
    [none] : no later drill and no check names it
   *[other] : { $named } does not prove it (it must be of the same plan, later, and have a conclusion)
}
problem-closed = closed, by { $by }
due-drill-what = drill { $title }: { $words }
due-problem-what = problem: { $words }{ $owner ->
    [none] {""}
   *[other] , { $owner }
}; { $how }
due-review-what = review { $title }
due-drills = { $register }: drill due within 60 days or overdue
due-problems = { $register }: problems are open
home-earliest = first { $on }
page-windows = windows
page-standing = standing
problems-open = problems: { $open } open of { $count }; { $first }
cli-due = due
cli-days = days
cli-what = what
command-due = what is due and who answers for it: drills, open problems, reviews, monthly checks, every deadline (--all: what is far off too)
command-drill = the drill clock: start, stamp, note, end
command-drill-start = begin: of a plan a new drill, of a drill its first stamp
command-drill-stamp = stamp a step, now or --at a time; --at corrects a stamp
command-drill-note = note something with its time
command-drill-end = stamp the last step, and fill in what is graded
option-due-all = what is far off too
option-drill-start-id = the id of a plan, such as EP-001, or of a drill
option-title = the title
option-planned = how many people are expected
option-at = the time of day, such as 1003, 100310 or 10:03:10 (now where none is given)
option-step = the step, by its number or by name
option-text = the words
drill-no-clock = { $serial } has no clock; drills have one.
drill-other-day-cli = it is dated { $day }, not today; give the time with --at.
drill-begun = { $serial } is begun already, at { $at }; stamp --at corrects it.
drill-no-step = there is no step "{ $said }"; there are { $known }.
drill-note-empty = There are no words to note; write them after the id: taizhang drill note ID "a few words".
drill-note-long = This note has { $count } characters, at most { $most } are kept; write more into a file and add it as FIELD=@PATH.
drill-planned = --planned wants a whole number of people, 0 to 9999, not "{ $said }".
drill-stamped = "{ $step }" is stamped already, at { $at }; --at TIME corrects it.
drill-of = Drill: { $plan }
due-running = clock running, t goes on: { $serial } { $title }
due-running-what = { $title }: its clock runs
drill-ask-running = { $drill } of { $plan } is running: Enter goes on with it; a title begins another.
drill-runs = { $drill } of { $plan } is running, nothing was begun. To stamp it: taizhang drill stamp { $drill } STEP. To begin another: --another.
option-another = begin another though a drill of the plan is running
drill-ask-title = A new drill of { $plan } begins. Its title?
clock-none = nothing begins here: of a drill its clock, of a plan a new drill, of a checklist the check.
clock-target = target { $within }
clock-over = over by { $by }
clock-gone = running { $time }
clock-took = took { $time }
clock-waiting = not begun
clock-planned = expected { $count }
clock-actual = here { $count }
clock-missing = missing { $count }
clock-digits = Digits 1 to { $last } stamp the steps; Enter on the last one, or v, grades the drill.
clock-notes = Notes
clock-problems = Problems
clock-ask-note = Note at { $time }
clock-ask-problem = What is the problem?
clock-ask-time = Time of "{ $step }" (1003, 100310 or 10:03:10)
clock-ask-time-day = It is dated { $day }, not today. Time of "{ $step }" (1003, 100310 or 10:03:10)
clock-ask-heads = How many are here? (21, or 21/23 with how many were expected)
clock-ask-heads-day = It is dated { $day }, not today. How many are here? (21, or 21/23 with how many were expected)
clock-heads-how = t: 21/23 (here/expected)
clock-heads-many = { $said } is no number of people; write 21, or 21/23 with how many were expected.
clock-doubt = { $what } Enter once more takes it.
clock-heads-odd = { $here } are here{ $expected ->
    [none] , which looks like a time.
   *[other] , where { $expected } were expected.
}
drill-odd = { $what } Nothing was stamped; if it is so, say --anyway.
clock-doubt-before = { $time } is before the first stamp, { $first }.
clock-doubt-after = { $time } is after the stamp that follows, { $first }.
clock-doubt-to-come = { $time } is still to come; it is { $now }.
clock-stamped-already = "{ $step }" is stamped already; t corrects its time.
clock-nothing-to-undo = Nothing was stamped here last that could be taken back.
clock-no-problems = this register keeps no problems.
clock-before = before the first stamp
grade = Grading
grade-nothing = nothing is graded in this register.
scope-what-clock = the drill clock. Digits stamp the steps; each stamp is on disk when it shows. Leaving does not stop it.
scope-what-grade = the grading of a drill. A digit chooses and goes on.
action-clock = begin: the clock of a drill, of a plan a new drill, of a checklist the check
hint-clock = begin
action-heads-more = one more is here
hint-heads-more = more
action-heads-fewer = one less is here
hint-heads-fewer = less
action-clock-time = type the time of the step under the cursor, or how many are here
hint-clock-time = time
action-clock-note = note something with its time
hint-clock-note = note
action-clock-problem = a problem, to be closed later
hint-clock-problem = problem
hint-undo-clock = undo
hint-back-clock = leave
hint-evaluate-clock = grade
due-dated = { $register }: within 30 days, or overdue
due-dated-what = { $what }: { $title }
remedy-measure = Problem "{ $words }": what was done about it?
remedy-closed = Problem "{ $words }": on which day was the measure done?
remedy-confirmed = Problem "{ $words }": who confirmed it?{ $owner ->
    [none] {""}
   *[other] {" "}Not its owner, { $owner }.
}
remedy-proof = Problem "{ $words }": which drill tried it again? Its id; or the name of a check; empty if none yet
remedy-later = That day is still to come; write the day it was done.
remedy-own = Nobody confirms what is their own; write somebody else.
remedy-no-proof = { $named } is no proof: it has to be a drill of the same plan, held after the measure was done. Write another id, the name of a check, or nothing.
remedy-gone = This problem has been changed; look at it again.
remedy-saved = Saved { $serial }  { $how }
due-month-what = { $what } { $month }: { $title }
due-months = { $register }: a record of a month is lacking
cli-who = who
due-nobody = nothing is due for "{ $said }"; there is something for { $known }.
due-written = { $count } written to { $file }.
due-not-written = { $file } cannot be written: { $error }
due-more-who = Owner: { $who }
due-more-department = Department: { $departments }
due-more-late = Was due on { $on } and is not done
due-more-none = No day was set
due-month-title = { $title } { $month } { $what }
due-heading = What is due
due-count = { $count }{ $late ->
    [0] {""}
   *[other] , { $late } overdue
}
due-overdue = overdue
due-dayless = no day set
due-within = within { $days } days
due-all = everything
due-nothing = Nothing is due in this time.
due-whose = Whose
due-everybody = everybody
due-person = person (role)
due-department = department
due-done-ask = { $entry } { $what }: { $field } which day?
due-done-date = Type a date, such as 2022-03-18, today or -3d.
due-done-none = nothing says which date closes this; e edits the entry, z sets its status.
due-done-review = R reviews, v evaluates it on its page
due-done-drill = Enter goes to the plan, t starts a drill
due-how-date = d fills in { $field }
due-how-problem = d closes the problem
due-how-month = Enter makes one, department and kind filled in
