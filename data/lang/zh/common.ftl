# Words used in every room.
yes = 是
no = 否
unscored = 未评
choice-former = { $code }（已停用）
former-field = { $field }（旧）
link-deleted = { $title }（已删除）
