# 画面の言葉。中核とコマンドラインの言葉は ja.ftl にある。

## 全体
app-name = Shodo 初動
window-title = 【{ $mode }】{ $title } - { $name }
list-comma = 、
dialog-close = 戻る（Esc）
bottom-offline = ネットワークは使いません。記録はこの端末に残ります

## 時間
time-minutes = { $a }分
time-hours = { $a }時間{ $b }分
time-days = { $a }日{ $b }時間
time-empty-is-now = 空欄なら今（例 14:20）
time-unreadable = 日時として読めません（例 14:20、11/27 23:50）

## 画面の区分（読み上げ用）
region-top = インシデントの状況
region-rail = 画面の切り替え
region-notices = お知らせ
region-list = 手順の一覧
region-bottom = 保存の状態
region-reading = 閲覧専用の表示

## 上の帯
top-title = 件名
top-title-name = 件名を変更：{ $title }
top-untitled = 件名なし
top-no-recorder = 未記入
top-line = { $flow }・記録者 { $recorder }
top-since = 開始から { $passed }
phase-current = いまの段階 { $phase }
phase-done = 済んだ段階 { $phase }
phase-ahead = これからの段階 { $phase }

## 左の帯
rail-home = ホーム
rail-guide = 対応
rail-chronology = 経過記録
rail-people = 役割・連絡
rail-settings = 設定
rail-help = ヘルプ

## 下の帯
health-saved = 保存済み { $at }（{ $count }件）
health-saving = 保存中
health-waiting = まだ保存されていません：{ $path } が { $at } から応答していません（保存待ち { $count }件）。記入は続けられます
health-failed = 保存できていません（{ $count }件）：{ $why }
health-read-only = 閲覧専用：{ $why }
health-flow-unsound = 記録と一緒に置かれたフローが使えません
health-retry = もう一度保存
health-head = 記録の照合値 { $head }
health-head-tip = この照合値を紙などに控えておくと、末尾の切り取りや書き換えも見つけられます

## お知らせ
notice-bad = 重要：
notice-warn = 注意：
notice-info = お知らせ：
notice-with-hint = { $says }。{ $hint }
notice-dismiss = お知らせを閉じる
notice-not-saved = 保存できませんでした。記入は消えていません。保存先を確かめ、下の「もう一度保存」を押してください
notice-beginning = 記録を始めています
notice-read-only = 閲覧専用で開いているため、記録できません
notice-bad-time = 時刻を読めません。14:20 または 2026-11-21 14:20 のように入力してください
notice-typed-unread = 「{ $field }」を読めないため、書いたとおりメモに記録し、後で対応することに加えました：{ $text }
notice-opening = 開いています
notice-cannot-open = { $folder } を開けません：{ $says }
notice-no-flow = 内蔵のフローを読めません。プログラムを入れ直してください
notice-flow-used = 次のインシデントからこのフローを使います：{ $path }
notice-flow-unreadable = フローのファイルを読めません：{ $path }：{ $says }。内蔵のフローはそのまま使えます
notice-flow-beside-unsound = 記録と一緒に置かれたフローに問題があるため、内蔵のフローで表示し、閲覧専用にしています
notice-drafts-back = 送っていない文が { $count } 件残っています。入力欄に戻しました
notice-drafts-lost = 下書きを残せませんでした（記録は残っています）：{ $says }
notice-copied = コピーしました：{ $text }
notice-plain-unsaved = 簡易記録に、まだ保存されていない行があります。下で別の場所に保存するか、内容をコピーしてください。もう一度閉じると、保存せずに終わります
notice-recorded = 記録しました：{ $what }
notice-skipped = 省略しました：{ $node }（取り消すには Ctrl+Z）
notice-struck = 記録 #{ $of } に取り消し線を引きました（元の記録は残り、#{ $number } に記録しました）
notice-undone = 取り消しました（#{ $number }）：{ $what }
notice-redone = 取り消しを戻しました（#{ $number }）：{ $what }
notice-settings-not-saved = 設定を保存できません（今回は有効です）：{ $says }
notice-settings-kept = 設定ファイルに読めないところがあったため、書き換える前のものを残しました：{ $path }
settings-broken = 設定を読めないため、初期値で始めます：{ $path }：{ $says }{ settings-hint }
settings-partly-broken = 設定ファイルに誤りがあるため、読めた設定だけを使います：{ $path }：{ $says }{ settings-hint }
settings-part-broken = 設定の「{ $part }」を読めないため、初期値にします：{ $path }：{ $says }{ settings-hint }
settings-hint = { $hint ->
    [backslash] 。「\」は「\\」のように二つ続けて書きます
   *[none] {""}
  }
settings-part-unknown = 「{ $part }」という設定はないため、無視します：{ $path }

notice-no-dialog = この端末ではファイルを選ぶ画面を開けません。カーソルのある欄にパスを入力してください
notice-crashed = プログラムの不具合で、前の画面が止まりました。保存済みの記録は失われていません。送っていない文は下書きに残してあります。ここに書き留めるか、「ホーム」から続けてください。不具合の控え（記録の内容は含みません）：{ $path }
notice-job-crashed = プログラムの不具合で、裏で進めていた処理が止まりました。記録は続けられます。不具合の控え（記録の内容は含みません）：{ $path }
reading-as-of = 閲覧専用：{ $at } 時点の { $count } 件です。その後の記録は「読み直す」と表示されます
reading-ended = 書き込んでいたプログラムは終了しました。{ $at } 時点の { $count } 件を表示しています
reading-again = 読み直す
reading-take-up = この画面で記録を続ける

## ホーム
home-title = 何が起きましたか
home-back = 対応に戻る { $title }
home-reading = これまでのインシデントを確認しています
home-continue = 続ける
home-closed-ones = 終了したインシデント
home-ago = 最後の記録は { $passed }前
home-open-counts = 対応中 { $open }、保留 { $parked }
home-closed = 終了
home-entries = 記録 { $count }件
home-start = 新しく始める
home-flow-reading = フローを確認しています
home-live-hint = 押すとすぐに記録が始まります。件名や名前は後で入力できます
home-drill-hint = 訓練として記録します。画面は紫になり、実対応と区別できます
home-door-hint = 押すと始まります
home-open-folder = インシデントのフォルダを開く
home-folder-path = インシデントのフォルダのパス
home-flow = 使うフロー
home-flow-built-in = 内蔵のフローを使います
home-flow-path = フローのファイルのパス
flow-built-in = 内蔵のフローを使う
path-choose = 選ぶ…
path-open = 開く

## フローの問題
problems-title = このフローには問題があります（{ $count }件）
problems-next = このままでは使えません。内蔵のフローで対応を始められます
problems-again = 直したので読み直す
problems-place = { $line }行 { $column }列
problems-way = そこへ至る道：{ $way }

## 対応
guide-nothing-open = 対応中の手順はありません
guide-nothing-open-next = 左の一覧から手順を開くか、経過を記録してください。終えるときはコマンド（Ctrl+K）の「インシデントを終える」を使います
guide-closed = このインシデントは終了しています
guide-closed-next = 続けるときはコマンド（Ctrl+K）の「インシデントを再開」を使います
part-list = 一覧（{ $count }）
part-step = 手順
part-log = 記録
list-open = いま行うこと（{ $count }）
list-open-none = ありません
list-side = 並行して行うこと（他を待たせない）
list-offered = 改めて判断できること（{ $count }）
list-parked = 保留（{ $count }）
list-next = 次（{ $count }）
list-by-fact = 起きたら始めること（{ $count }）
list-skipped = 省略（{ $count }）
list-done = 済み（{ $count }）
list-withdrawn = 不要になったもの（{ $count }）
row-open-since = 開始 { $at }・{ $passed }経過
row-parked-since = 保留 { $at }・{ $passed }経過
row-parked-by-flow = フローにより保留 { $at }・{ $passed }経過
row-how = { $at } { $how }
row-chosen = { $at } { $option }
state-asked-again = 改めて必要
state-parked-by-flow = フローにより保留

## 手順
step-role-held = { $role }：{ $name }
step-supports = 支援：{ $roles }
step-attempt = { $count }回目
step-ours = 当ソフトの追加：{ $why }
step-hint-mark = 助言（当ソフト）：
step-remark-mark = 注記（当ソフト）：
step-remark = 「{ $quote }」… { $says }
step-situations = 当てはまる状況（参考例を表示）
step-original = 原文（厚生労働省）を表示
step-fields = 記録する情報
step-contacts = 連絡先
step-leads = 完了すると開く手順：{ $nodes }
step-by-fact = 次のことが起きたら始めます：{ $fact }
step-look-ahead = まだ始まっていない手順です。読むだけなら何も記録されません
piece-dont-mark = 注意：
piece-short-quote = 原文（上の短い言い方は当ソフト）：{ $text }
read-condition = 条件（{ $count }）
read-reference = 参考・例（{ $count }）
read-precondition = 前もって済ませておくこと（{ $count }）
read-others = 支援する側が行うこと（{ $count }）
read-do = 行うこと（{ $count }）
read-dont = 注意（{ $count }）
origin-ours = 当ソフトの追加（原文にはない）
origin-ours-short = （当ソフト）
origin-ours-field = 原文にはない欄です
origin-from = 手順 { $step } の原文から
item-how = どうだったかを書く：{ $item }
item-how-name = どうだったか
item-how-hint = 例 10:20 不在、折り返し待ち
item-impossible = できなかった（代わりにしたことを上に）
item-not-applicable = 該当しない
item-take-back = 取り消す
field-now = いま
field-moment-hint = 例 14:20、2026-11-21 14:20
field-number-hint = 数
field-unread = 読めません。直さずに進むと、書いたとおりメモに残します
typed-unread = { $field }（読めない値、書いたとおり）：{ $text }
typed-cell = { $row } の { $field }
typed-left-over = { $about }：{ $text }
field-with-unit = { $field }（{ $unit }）
table-add = 行を追加
table-new-row = { $key }を入力して追加
table-row-attempt = { $row }（{ $count }回目）
table-row-settled = 済み
table-earlier = { $count }回目：{ $said }
table-cell-said = { $field } { $value }
contact-copy = コピー
contact-copy-name = { $value } をコピー
contact-fill-in = 自院の連絡先（この端末の設定に保存されます）
contact-source = 出典：{ $source }（確認日 { $checked }）
ground-title = 理由・決めた人・伝えた相手・起きた時刻（後からでも書けます）
ground-why-hint = 理由（後からでも書けます）
ground-more = 決めた人・伝えた相手・起きた時刻
ground-why = 理由
ground-decider = 決めた人
ground-told = 伝えた相手
action-complete = 完了して次へ { $shortcut }
action-skip = 省略…
asking-skip-title = { $node } を省略します
asking-skip-do = 省略する（Enter）
asking-answer-title = { $node }：「{ $option }」と答えます
asking-answer-do = 「{ $option }」と答える（Enter）
asking-locked = いまは条件を満たしていません：{ $why }
asking-why-hint = 理由（空でも記録でき、後で書けます）
asking-stop = やめる（Esc）
action-park = 保留
action-impossible = 実施できない
action-impossible-tip = できないと記録して先へ進む。「理由」の欄に書いたことが、代わりにしたこととして残ります
action-not-applicable = 該当しない
action-not-applicable-tip = この場合には当てはまらないと記録して先へ進む
action-resume = 再開する
action-bring-back = 元に戻して対応する
action-reopen = やり直す
action-ask-again = 新しい事実で判断し直す
action-start = 先に始める

## 判断
answers-title = 答えを選ぶ
answers-change = 答えを変える
answer-in-force = いまの答え
answer-leads-nowhere = 続く手順はありません
answer-withdraws = 不要になる：{ $nodes }。{ $why }
answer-locked = まだ条件が整っていません：{ $why }（選ぶこともできます。その旨を記録します）
basis-line = { $basis }：{ $words }

## 報告義務
duty-known = 覚知 { $at }、{ $who }、{ $ground }
duty-who = 知った人
duty-at = 知った日時
duty-knew = 知ったことを記録
duty-knew-ground = 知った：{ $ground }
duty-law = 根拠となる決まりを表示
duty-report-title = 済んだことを記録：{ $duty }
duty-report-at = 報告した日時
duty-report-to = 報告先
duty-report-by = 報告した人
duty-report-ref = 受付番号
duty-report = 報告した
duty-not-report-title = しないと決めたことを記録：{ $duty }
duty-not-report-hint = 理由と決めた人の両方がそろうまで、未報告のままです
duty-not-report = 報告しない
duty-go-report = 手順 { $step } で報告を記録
deadlines-title = 期限
deadline-early = 早めの目安 { $at }（{ $left }）
deadline-last = 期限 { $at }（{ $left }）
deadline-left = 残り { $length }
deadline-over = { $length }超過

## すぐ記録
note-title = すぐ記録（クロノロジー）
note-from = 発信
note-to = 受信
note-text = 記録の内容
note-hint = 起きたこと・聞いたことを入力して Enter
note-more = 種別・手段・時刻
note-means = 手段
note-means-hint = 例 電話、対面、院内放送
note-at = 起きた時刻
note-open = 後で対応が必要
note-send = 記録する

## 経過記録
chronology-title = 経過記録（クロノロジー）
chronology-filter = 言葉で絞り込む
chronology-filter-hint = 言葉で絞り込む。#12 なら12番の記録へ移動
chronology-count = { $count }件を表示（全{ $all }件）
chronology-searching = 探しています…（{ $count }／{ $all }件）
chronology-recorded = 記録 { $at }
log-original = 発生 { $happened }、記録 { $recorded }（記録されたまま）
log-latest = 最近の記録
log-all = すべての記録を見る
log-saving = 保存中
log-not-saved = 保存できていません
log-struck = 抹消済み
log-undone = 取り消し済み（#{ $undo }）
log-undo-name = #{ $number } を取り消す
log-words-corrected = 添えた文の訂正：{ $text }
log-words-struck = 添えた文は抹消済み（状態の変更はそのまま）
log-by-in-role = { $name }（{ $role }）
log-kind-decision = 判断
log-correct-name = #{ $number } を訂正
items-title = 後で書くこと・対応すること（{ $count }）
items-more = 残り{ $count }件のうち次を表示
unsent-mark = 書きかけ（未記録）
unsent-go = 続きを書く
unsent-at = { $of }：{ $what }
unsent-item = 項目 { $item }
unsent-elsewhere = そのほかの欄
log-unfold = 続き { $count } 行を表示
log-fold = たたむ
item-reason = 理由
item-settled-how = どう対応したか
item-give-reason = 理由を書く
item-settle = 対応済みにする

## 役割と連絡
roles-title = 役割
roles-all = 役割と連絡先を見る
role-nobody = { $role }：未割り当て
role-take = { $name } が担当する
role-holder = 担当：{ $name }
role-deputy-is = 代行：{ $name }
role-vacant = 未割り当て
role-give = { $name } に割り当てる
role-release = 外す
role-more = { $role }：名前を入力、交代、代行
role-name = 名前
role-told = 引き継いだ内容
role-assign = 割り当てる
role-hand-over = 交代する
role-deputy = 代行にする
people-recorder = 記録者
people-acting = 記録者の立場
people-acting-auto = 自動
people-acting-hint = 「自動」では、記録者が就いている役割から決まります。別の立場で動くときに選びます。
people-site = 施設名
people-roles = 役割
people-record = 記録
people-type-name = 名前を入力して Enter

## 終了
close-title = インシデントを終える
close-nothing-open = 残っているものはありません
close-open = 次の{ $count }件が残っています。残したままでも終了できます
close-unsent = 書きかけで、まだ記録していないものが { $count } 件あります
close-alone = 残す理由と決めた人を個別に書きます。空のままでも終了でき、その場合は「後で書くこと」に残ります
close-do = 終了する

## 訂正
correct-title = #{ $number } を訂正
correct-hint = 元の記録は消えません。取り消し線で残ります
correct-text = 正しい内容
correct-replace = 置き換える
correct-strike = 取り消し線を引く

## 設定
settings-title = 設定
settings-language = 言語
language-ja = 日本語
language-en = English
settings-text-size = 文字の大きさ
settings-percent = { $percent } %
settings-theme = 明るさ
theme-system = 端末に合わせる
theme-light = 明るい
theme-dark = 暗い
settings-site = 施設名
settings-site-hint = 例 架空病院
settings-people = 名簿
settings-people-hint = 記録者や役割の候補として並びます
settings-person = 名前
settings-person-add = 追加
settings-person-remove = { $name } を名簿から外す
settings-data = 保存先
settings-data-hint = 変えるには、プログラムの隣に shodo-data という名前のフォルダを置きます（コマンドラインでは --data で指定）

## 操作ヘルプ
help-title = 操作ヘルプ
help-intro = すべての操作は、マウスだけでも、キーボードだけでもできます
help-diagnostics = 診断情報をコピー
help-diagnostics-what = 版、システム、保存先、不具合の控えのファイル名です。記録の内容は含みません
diagnostics =
    プログラム：{ $program }
    システム：{ $system }
    描き方：{ $renderer }
    画面：{ $size }、倍率 { $scale }
    保存先：{ $data }
    不具合の控え：{ $traces }
diagnostics-none = なし
help-keyboard = Tab と Shift+Tab で移動、Enter か Space で押す、Esc で閉じる。記録欄は Enter で記録、Shift+Enter で改行
palette-hint = 操作や手順を探す（例 2-6、終了）
palette-step = { $state }（Shift+Enter：フロー図で見る）
palette-none = 見つかりません

## 操作
command-complete = 完了して次へ
command-complete-tip = 手元の手順を完了し、次の手順に移る
command-skip = 省略
command-skip-tip = 手元の手順を行わずに先へ進む。理由は後からでも書ける
command-park = 保留
command-park-tip = 手元の手順を脇に置く。後で再開できる
command-note = すぐ記録
command-note-tip = 起きたこと・聞いたことを記録する欄に移る
command-next-step = 次の手順へ
command-next-step-tip = 対応中の次の手順を手元に出す
command-previous-step = 前の手順へ
command-previous-step-tip = 対応中の前の手順を手元に出す
command-palette = コマンド
command-palette-tip = 操作や手順を言葉で探す
command-help = 操作ヘルプ
command-help-tip = 操作とキーの一覧を見る
command-guide = 対応
command-guide-tip = 手元の手順を見る
command-chronology = 経過記録
command-chronology-tip = すべての記録を見る、絞り込む、訂正する
command-people = 役割・連絡
command-people-tip = 役割を割り当てる、連絡先を見る
command-settings = 設定
command-settings-tip = 言語、文字の大きさ、明るさ、名簿
command-home = ホーム
command-home-tip = 始める、続ける、開く
command-title = 件名を変更
command-title-tip = インシデントの件名を入力する
command-close-incident = インシデントを終える
command-close-incident-tip = 残っているものを確かめて終了する
command-reopen-incident = インシデントを再開
command-reopen-incident-tip = 終了したインシデントを続ける
command-larger-text = 文字を大きく
command-larger-text-tip = 文字を25%大きくする（200%まで）
command-smaller-text = 文字を小さく
command-smaller-text-tip = 文字を25%小さくする（100%まで）
command-switch-language = English に切り替え
command-switch-language-tip = 画面とフローを英語で表示する
command-switch-theme = 明るさを切り替え
command-switch-theme-tip = 明るい画面と暗い画面を切り替える

unsaved-title = まだ保存されていない記録があります
unsaved-waiting = { $path } への書き込みの完了を待っています。保存先（USBメモリ、共有フォルダなど）が応答していないことがあります
unsaved-more = このほかに { $count } 件が保存を待っています
unsaved-what = このまま離れると、上の内容は記録に残りません。入力した文は下書きとして残すよう試みます。
unsaved-copy = 内容をコピー
unsaved-leave = 保存せずに離れる

# 「やり直す」などは画面のボタンの名前
refusal-not-started-window = { $id } は未着手です。着手するには、その画面で「先に始める」を押してください
refusal-open-step-window = { $id } は対応中です。その画面で「完了して次へ」を押してください
refusal-open-decision-window = { $id } は対応中です。その画面で答えを選んでください
refusal-parked-window = { $id } は保留されています。その画面で「再開する」を押してください
refusal-settled-window = { $id } は済んでいます。やり直すには、その画面で「やり直す」を押してください
refusal-withdrawn-window = { $id } は不要になっています。その画面で「元に戻して対応する」を押してください
refusal-left-out-window = { $id } は省略されています。改めて答えるには、その画面で「やり直す」を押してください
refusal-correct-role-window = { $entry }番は役割の記録で、訂正できません。「役割・連絡」で改めてください
refusal-already-answered-window = { $id } は既に「{ $option }」と答えてあります。変えるには、その画面で別の答えを選んでください
refusal-same-answer-window = { $id } の答えは既にそれです。改めて問うには「新しい事実で判断し直す」を押してください
refusal-not-a-step-window = { $id } は判断です。答えを選んでください
refusal-not-a-decision-window = { $id } は手順です。「完了して次へ」を押してください
refusal-ground-of-window = { $id } は手順 { $step } の根拠です。{ $step } を完了するか省略してください
refusal-already-ticked-window = { $id } の項目 { $item } は済です。取り消すには、もう一度押してください
refusal-is-table-window = 「{ $title }」は表です。行を加えて記入してください
refusal-nothing-to-correct-window = { $entry }番は状態の変更です。訂正できるのは文と値だけです。手順の画面で取り消すか、やり直してください
refusal-closed-window = インシデントは終了しています。続けるには、コマンド（Ctrl+K）の「インシデントを再開」を選んでください
refusal-undo-opening-window = #{ $entry } は記録の始まりで、取り消せません。対応が済んだら、インシデントを終えてください
refusal-undo-closing-window = #{ $entry } は終了の記録で、取り消せません。続けるには、コマンド（Ctrl+K）の「インシデントを再開」を選んでください
refusal-undo-undo-window = #{ $entry } は取り消しの記録です。「取り消しを戻す」（Ctrl+Y）で戻せます
refusal-undone-window = #{ $entry } は #{ $undo } で取り消し済みです。「取り消しを戻す」（Ctrl+Y）で戻せます
refusal-undo-too-late-window = #{ $entry } は取り消せません。後の #{ $later } が、同じところに関わっています。先に #{ $first } を取り消してください
refusal-undo-too-late-reopen-window = #{ $entry } は取り消せません。後の #{ $later } が、同じところに関わっています。先に #{ $first } を取り消すか、{ $id } の画面で「やり直す」を押してください

command-focus-step = 手順の操作へ移る
command-focus-step-tip = 対応中の手順で最初に押せるものへ移る
command-undo = 直前の記録を取り消す
command-undo-tip = 記録する前の状態に戻す。元の記録は取り消し済みとして残る
command-redo = 取り消しを戻す
command-redo-tip = 最後に取り消した記録を、もう一度有効にする
rail-close-incident = インシデントを終える
closed-banner = このインシデントは { $at } に終了しました。記録の追記と訂正はできます
begin-title = 対応中のインシデントがあります
begin-what = 新しく始めると、いまのインシデントは閉じて、あとから「ホーム」で続けられます。記録は失われません。
begin-back = いまの対応に戻る
begin-do = 新しく始める

close-others = そのほか { $count } 件を見る
chronology-by-number = 記録した順
chronology-by-time = 起きた順
chronology-copy = 表示中の記録をコピー
chronology-copy-stop = コピーをやめる
chronology-copying = コピーしています…（{ $count }／{ $all }件）
home-untitled = 件名なし（{ $at } 開始）
mode-peacetime = 平時の備え
contact-checked-not = 出典：{ $source }

## 簡易記録
command-plain-log = 簡易記録
command-plain-log-tip = フローも記録ファイルも使わずに、時刻を付けて書き留める。あとでインシデントに加えられる
rail-plain-log = 簡易記録
plain-title = 簡易記録
plain-what = インシデントを始められないときも、ここには必ず書けます。書いた行は時刻とともに残り、あとでインシデントの記録に加えられます。
plain-text = 簡易記録の内容
plain-hint = 起きたことを入力して Enter
plain-add = 書き留める
plain-saved = 保存済み：{ $path }
plain-saved-temporary = 一時フォルダに保存済み：{ $path }。再起動で消えることがあります。下で別の場所にも保存してください
plain-not-saved = 保存できていません（画面には残っています）：{ $says }。下で別のフォルダを選ぶか、内容をコピーするか、紙に写してください
plain-elsewhere = 別の場所に保存
plain-folder = 簡易記録を置くフォルダのパス
plain-save-there = ここに保存
plain-copy = 内容をコピー
plain-join-later = インシデントを開くと、ここから記録に加えられます。
plain-join = 開いているインシデントに加える（{ $count } 行）
plain-earlier = 前に保存した簡易記録
plain-earlier-log = { $path }（{ $count } 行）：{ $first }
plain-earlier-unread = 読めない行が { $count } 行あります（ファイルには残っています）
plain-joined = { $count } 行を記録に加えています

notice-other-renderer = 以前 { $renderer } で画面が出なかったため、別の描き方で開きました。--renderer { $renderer } で試し直せます

settings-mirror = 複製先フォルダ
settings-mirror-hint = USBメモリなどのフォルダを指定すると、記録するたびにそこへも複製します。抜いても記録は止まりません。
settings-mirror-folder = 複製先フォルダのパス
settings-mirror-begin = ここへ複製する
settings-mirror-stop = 複製をやめる
notice-mirror-not-marked = { $folder } を複製先にできません：{ $says }

## The flowchart
rail-chart = フロー図
command-chart = フロー図
command-chart-tip = いまどこにいて、どう来て、何が先にあるかを図で見る
command-find = 探す
command-find-tip = フロー図では手順を、ほかの画面では記録を言葉で探す
command-show-in-chart = フロー図で見る
command-show-in-chart-tip = いま開いている手順をフロー図の中央に表示する
chart-title = フロー図
chart-hint-zoom = ホイール：拡大・縮小
chart-hint-move = ドラッグ：移動
chart-hint-open = クリック：手順を開く
chart-boxes = 手順と判断
chart-minimap = 全体図
chart-find = 手順を探す
chart-find-hint = 番号か名前
chart-find-none = 見つかりません
chart-found = { $count }件中 { $number }
chart-found-count = { $count }件
chart-find-next = 次へ
chart-find-clear = 検索を消す
chart-whole = 全体
chart-whole-tip = フロー全体を画面に収める
chart-here = 現在地
chart-here-tip = 対応中の手順へ移る。押すたびに次の手順へ
chart-smaller = 縮小
chart-larger = 拡大
chart-legend = 凡例
chart-past = 時点
chart-play = 再生
chart-stop = 止める
chart-pace = 毎秒 { $count }変化
chart-pace-tip = 再生の速さを変える
chart-slider = 何件目の記録までの状態か
chart-past-at = 記録 { $count } / { $all } 件目までの状態
chart-now = いまに戻る
chart-change-before = 前の変化
chart-change-after = 次の変化
chart-tip-opened = 開始 { $at }
chart-tip-parked = 保留 { $at }
chart-tip-settled = 済み { $at }
chart-tip-withdrawn = 不要 { $at }
chart-tip-done = 済んだら
chart-show = フロー図で見る： { $step }
