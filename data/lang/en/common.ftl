# Words used in every room.
yes = yes
no = no
unscored = not rated
choice-former = { $code } (former)
former-field = { $field } (former)
link-deleted = { $title } (deleted)
