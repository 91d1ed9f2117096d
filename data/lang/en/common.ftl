# Words used in every room.
yes = yes
no = no
unscored = not rated
choice-former = { $code } (former)
former-field = { $field } (former)
labelled = { $label }: { $text }
draw-words = Write: how many, register, query, #seed; e.g. 5 hazards department:sales
draw-none = Draw at least 1.
draw-title = Sample { $count } of { $population }  { $list }
draw-how = Seed { $seed }, commit { $commit } of the book, { $today }; rule taizhang-draw-1
draw-again = To draw it again: { $command }
questions-no-clause = No clause given
questions-sum = { $count } asked: { $open } open, { $observations } observations, { $nonconformities } nonconformities
was-until = was: { $text } (until { $until })
link-deleted = { $title } (deleted)
