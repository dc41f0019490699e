# 中核とコマンドラインの言葉。画面の言葉は ja-window.ftl にある。

## 値
value-yes = はい
value-no = いいえ
value-unknown = 不明
mode-live = 実対応
mode-drill = 訓練

## 状態
state-closed = 未着手
state-open = 対応中
state-parked = 保留
state-done = 完了
state-skipped = 省略
state-partly = 一部完了
state-impossible = 実施不能
state-not-applicable = 該当なし
state-withdrawn = 不要

## 文章の種類と根拠
piece-do = 行うこと
piece-dont = 注意
piece-condition = 条件
piece-reference = 参考
piece-precondition = 前提
piece-others = 支援側の対応
basis-text = 本文に明記
basis-order = 順序のみ
basis-derived = 当ソフトの解釈
basis-ministry = 厚生労働省の原文
basis-ours = 当ソフトの追加

## 経過記録の種別
note-information = 情報
note-instruction = 指示
note-request = 要請
note-decision = 決定
note-report = 報告

## 経過記録の文
entry-and = 。
entry-why = 理由：{ $text }
entry-decider = 決めた人：{ $text }
entry-told = 伝えた相手：{ $text }
entry-opened = { $mode }を開始（{ $door }） { $text }
entry-opened-peacetime = { $door } { $text }
left-item = { $number }番について後で書くこと
entry-titled = 件名：{ $text }
entry-site = 施設名：{ $text }
entry-recorder = 記録者：{ $name }
entry-ticked = { $node }：済「{ $item }」
entry-ticked-how = { $node }：済「{ $item }」（{ $text }）
entry-unticked = { $node }：済を取り消し「{ $item }」
entry-filled = { $node }：{ $field }＝{ $value }
entry-cell = { $table }：{ $row }　{ $field }＝{ $value }
entry-done = 完了 { $node }
entry-done-unticked = 完了 { $node }（未チェック：{ $items }）
entry-chosen = 判断 { $node } → { $option }
entry-changed = 判断を変更 { $node }：{ $before } → { $option }
entry-though-locked = （条件が整う前に選択）
entry-skipped = 省略 { $node }
entry-impossible = 実施不能 { $node }
entry-impossible-item = { $node }：実施不能「{ $item }」
entry-instead = （代わりに：{ $text }）
entry-not-applicable = 該当なし { $node }
entry-not-applicable-item = { $node }：該当なし「{ $item }」
set-aside = フローが保留にしました：{ $nodes }。{ $why }
entry-started = 先に着手 { $node }
entry-parked = 保留 { $node }
entry-resumed = 再開 { $node }
entry-brought-back = 不要の取り消し { $node }
entry-reopened = やり直し { $node }
entry-asked-again = 再度の判断 { $node }：{ $text }
entry-assigned = 役割 { $role }：{ $name }
entry-deputy = 代行者 { $role }：{ $name }
entry-released = 役割を解除 { $role }：{ $name }
entry-handed-over = 交代 { $role }：{ $from } → { $name }。{ $text }
entry-from-to = （{ $from } → { $to }）
entry-means = 〔{ $text }〕
entry-settled = 未対応を解消（{ $of }番） { $text }
entry-reason = 理由を追記（{ $of }番）
entry-reason-for = { $of }番の理由（{ $what }）
entry-corrected = 訂正（{ $of }番）：{ $text }
entry-struck = 抹消（{ $of }番）
entry-known = 覚知 { $duty }：{ $who }（根拠：{ $ground }）
entry-reported = 報告した { $duty }
entry-reported-how = （{ $text }）
entry-not-reported = 報告しないと決定 { $duty }
report-to = 宛先 { $text }
report-by = 報告者 { $text }
report-ref = 受付番号 { $text }
entry-closed = インシデントを終了
entry-closed-open = インシデントを終了（未了：{ $left }）
entry-incident-reopened = インシデントを再開
entry-undone = 取り消し（{ $of }番）
entry-redone = 取り消しを戻す（{ $of }番）

## 時計
clock-backwards = 時計が前の記録より戻っています
clock-far-ahead = 時計が前の記録より31日を超えて進んでいます
clock-other-offset = 時差の設定が前の記録と異なります
clock-happened-later = 発生時刻が記録時刻より後です
## 報告の義務
duty-running = 未報告
duty-met = 報告済み
duty-not-reported = 報告しない
duty-due = 期限 { $last }
duty-due-early = 早めの目安 { $early }、期限 { $last }
duty-undecided = 「報告しない」（{ $entry }番）に理由か決めた人がない
open-item-missing-reason = 理由がない
open-item-missing-reasons = 理由か決めた人がまだない：{ $names }
open-item-the-rest = そのほかの残り全部
open-item-note = 対応すること

## 名前の種類
what-node = 手順・判断
what-step = 手順
what-item = 項目
what-field = 記録欄
what-option = 選択肢
what-choice = 選択肢
what-role = 役割
what-duty = 報告義務
what-ground = 根拠
what-door = 始め方
what-table = 表
what-column = 列
what-open = 未了のもの
what-contact = 連絡先
what-situation = 状況
what-phase = フェーズ
what-end = 終わり
what-roles = 役割
what-phases = フェーズ
what-doors = 始め方
what-ends = 終わり
what-steps = 手順
what-options = 選択肢
what-acts = 実施する役割
what-quotes = 引用
what-terms = きっかけ
what-opens = 行き先
what-nodes = 手順と判断
what-arcs = 矢印
what-names = 矢印・入口・答えにある名前
what-answers = 答え
what-parts = 手順・判断・表の中身
what-quoted = 引用元の文（バイト）
what-contacts = 連絡先
what-situations = 参考の例
what-tables = 表
what-duties = 報告の義務
expects-number = 数
expects-yes-no = yes・no・unknown（はい・いいえ・不明）
expects-choice = 選択肢
expects-moment = 日時（例：14:20、2026-11-21 14:20。年は1900〜2999）

## 断り
name-and-id = { $name }（{ $id }）
refusal-unknown = { $what }「{ $id }」はありません。フローの番号や名前を確かめてください
refusal-unknown-known = { $what }「{ $id }」はありません。次のどれかですか：{ $known }
refusal-bad-value = 「{ $field }」には{ $expects }を入力してください
refusal-bad-choice = 「{ $field }」は次のどれかです：{ $known }
refusal-empty = 内容が空です。文字を入力してください
refusal-too-long = 長すぎます（{ $bytes }バイト、上限{ $limit }バイト）。分けて記録するか、ファイルとして添付してください
refusal-not-started = { $id } は未着手です。着手するには: start { $id }
refusal-open-step = { $id } は対応中です。完了するには: done { $id }
refusal-open-decision = { $id } は対応中です。答えるには: choose { $id } …
refusal-parked = { $id } は保留されています。再開するには: resume { $id }
refusal-settled = { $id } は済んでいます。やり直すには: reopen { $id }
refusal-withdrawn = { $id } は不要になっています。戻して対応するには: bring-back { $id }
refusal-left-out = { $id } は省略されています。改めて答えるには: change { $id } { $option }
refusal-already-answered = { $id } は「{ $option }」と答えてあります。変えるには: change { $id } { $other }
refusal-same-answer = { $id } の答えは既に「{ $option }」です。改めて問うには: ask-again { $id } …
refusal-no-entry = { $entry }番の記録はありません（{ $count }件あります）
refusal-correct-role = { $entry }番は役割の記録で、訂正できません。assign、release、handover で改めてください
refusal-not-a-step = { $id } は判断です。答えるには: choose { $id } …
refusal-not-a-decision = { $id } は手順です。完了するには: done { $id }
refusal-ground-of = { $id } は手順 { $step } の根拠です。done { $step } または skip { $step } を使ってください
refusal-already-ticked = { $id } の項目 { $item } は済です。取り消すには untick { $id } { $item }
refusal-already-said = { $id } の項目 { $item } にはすでに同じことが記録されています。取り消すには untick { $id } { $item }
refusal-already-said-window = この項目にはすでに同じことが記録されています。取り消すには項目の「取り消す」を押します
refusal-reported = { $name } は { $entry }番で報告済みです。取り消すには strike { $entry }
refusal-reported-window = { $entry }番で報告済みです。取り消すには記録の { $entry }番を訂正で抹消します
refusal-empty-correction = 置き換える言葉がありません。抹消するには strike { $entry }
refusal-empty-correction-window = 置き換える言葉がありません。抹消するには「抹消する」を押します
refusal-not-ticked = { $id } の項目 { $item } は済になっていません
refusal-is-table = 「{ $title }」は表です。row { $table } 行の名前 列 値 で記入してください
refusal-nothing-to-correct = { $entry }番は状態の変更です。訂正できるのは文と値だけです。untick、reopen、change、reopen incident を使ってください
refusal-no-open-item = { $entry }番に未対応のものはありません
refusal-not-in-role = { $name } は「{ $role }」に就いていません（まだ誰も就いていません）
refusal-not-in-role-held = { $name } は「{ $role }」に就いていません。就いているのは：{ $who }
refusal-in-role = { $name } は既に「{ $role }」です
refusal-closed = インシデントは終了しています。続けるには reopen incident
refusal-not-closed = インシデントは終了していません
refusal-opened = インシデントは既に開始されています
refusal-undo-opening = { $entry }番は記録の始まりで、取り消せません。対応を終えるには: close
refusal-undo-closing = { $entry }番は終了の記録で、取り消せません。続けるには: reopen incident
refusal-undo-undo = { $entry }番は取り消しの記録です。取り消しを戻すには: redo
refusal-undone = { $entry }番は{ $undo }番で取り消し済みです。取り消しを戻すには: redo
refusal-undo-too-late = { $entry }番は取り消せません。後の{ $later }番が、同じところに関わっています。先に取り消すもの: undo { $first }
refusal-undo-too-late-reopen = { $entry }番は取り消せません。後の{ $later }番が、同じところに関わっています（先に undo { $first } とするか、やり直します）: reopen { $id }
refusal-redo-too-late = { $entry }番の取り消しは戻せません。後の{ $later }番が、同じところに関わっています。もう一度、記録してください
refusal-nothing-to-redo = 取り消し済みの記録はありません
refusal-not-opened = インシデントがまだ開始されていません

## フローの問題
problem-too-large = ファイルが大きすぎます（{ $bytes }バイト）
problem-too-large-hint = 上限は{ $limit }バイトです
problem-later-format = 形式 { $format } のファイルです。このプログラムは形式 { $known } まで読めます
problem-later-format-hint = 新しい版のプログラムで開くか、内蔵のフローを使ってください
problem-syntax = 書き方が正しくありません：{ $fault ->
    [end] {"途中で終わっています"}
    [sign] {"「"}{ $name }{"」が必要です"}
    [struct] {"「"}{ $name }{"(…)」が必要です"}
    [boolean] {"true か false が必要です"}
    [integer] {"整数が必要です"}
    [range] {"数が大きすぎるか、小さすぎます"}
    [string] {"引用符で囲んだ文が必要です"}
    [string-end] {"引用符が閉じていません"}
    [name] {"名前が必要です"}
    [bad-name] {"「"}{ $name }{"」は名前として使えません"}
    [escape] {"「\\」の後の書き方が正しくありません"}
    [comment] {"注釈が閉じていません"}
    [char] {"「"}{ $name }{"」はここに書けません"}
    [trailing] {"終わりの後に余分な文字があります"}
    [type] {"値の種類が違います（"}{ $known }{" が必要なところに "}{ $name }{"）"}
    [variant] {"「"}{ $name }{"」という値はありません。次のどれかです："}{ $known }
    [field] {"「"}{ $name }{"」という項目はありません。次のどれかです："}{ $known }
    [missing] {"項目「"}{ $name }{"」がありません"}
    [twice] {"項目「"}{ $name }{"」が二度書かれています"}
   *[other] { $says }
  }
problem-syntax-hint = この位置の前後の括弧、コンマ、引用符、項目名を確かめてください
problem-too-deep = 括弧が{ $limit }段より深く重なっています
problem-too-deep-hint = この位置より前の括弧が閉じているか確かめてください
problem-duplicate = { $what }「{ $id }」が二度定義されています
problem-duplicate-hint = どちらかの名前を変えてください
problem-unknown = { $what }「{ $id }」はどこにも定義されていません
problem-unknown-hint = 定義を加えるか、名前を直してください
problem-unknown-near = { $what }「{ $id }」はどこにも定義されていません
problem-unknown-near-hint = 「{ $near }」の誤りではありませんか
problem-empty = 「{ $of }」の文が日本語か英語で空です
problem-empty-hint = 両方の言語で書いてください
problem-missing = 「{ $of }」に{ $what }がありません
problem-missing-hint = 少なくとも一つ必要です
problem-not-quoted = 引用「{ $quote }」がフローの原文のどこにもありません
problem-not-quoted-hint = 原文どおりに引用するか、Derived にしてください
problem-too-many-items = { $id } の行うことが64を超えています
problem-too-many-items-hint = 手順を分けてください
problem-side-holds-up = 並行の手順 { $side } を { $waits } が待っています
problem-side-holds-up-hint = side を外すか、All から除いてください
problem-loop-astray = { $target } から、この Loop のきっかけに戻る道がありません
problem-loop-astray-hint = Loop で前の手順を開くか、Loop を Open にしてください
problem-renews-itself = { $id } の答えを変えると、その答え自体が取り消されます
problem-renews-itself-hint = renews と parks から { $id } を除いてください
problem-unreachable = { $id } に至る道がありません
problem-unreachable-hint = { $id } を開く矢印を加えるか、by_fact を書いてください
problem-unreachable-end = 終わり「{ $id }」に達することがありません
problem-unreachable-end-hint = on の条件を確かめてください
problem-dead-end = 行き止まりがあります（対応中：{ $open }）
problem-dead-end-hint = そこから終わりに至る矢印を加えてください
problem-join-waits = { $opens } は { $waits } を待ち続けます
problem-join-waits-hint = All を Any にするか、{ $waits } に至る矢印を加えてください
problem-locked-forever = { $decision } の選択肢「{ $option }」は決して選べるようになりません
problem-locked-forever-hint = lock の条件を確かめてください
problem-never-fires = { $opens } を開く矢印の条件が成り立つことがありません
problem-never-fires-hint = when の条件を確かめてください
problem-too-many-states = 状態が{ $limit }を超えるため、確かめきれません
problem-too-many-states-hint = 並行する手順を減らすか、フローを分けてください
problem-too-much-work = 矢印を調べる回数が{ $limit }を超えるため、確かめきれません
problem-too-much-work-hint = 並行する手順や矢印を減らすか、フローを分けてください
problem-too-many = { $what }が{ $count }あり、上限の{ $limit }を超えています
problem-too-many-hint = 減らすか、フローを分けてください

## セッション
session-flow-absent = 記録と一緒に置かれるフロー（flow.ron）がないか読めないため、内蔵のフローの名称で表示します
session-flow-unsound = 記録と一緒に置かれたフローに問題があります：{ $says }

## コマンドライン
cli-about = 医療情報システムの障害時に、厚生労働省のフローに沿って初動対応を導き、記録します。ネットワークは使いません。
cli-flow-about = フローを調べる、見る
cli-flow-check-about = フローを確かめる（0 問題なし、1 問題あり、2 読めない）
cli-flow-show-about = フローの手順、判断、原文を表示する
cli-incident-about = インシデントを始める、進める、見る
cli-incident-new-about = インシデントを始め、フォルダを表示する
cli-incident-do-about = 標準入力から1行1つの指示を読み、保存できたら1行で答える
cli-incident-show-about = インシデントの状態と経過を表示する
cli-journal-about = 記録を確かめる
cli-journal-verify-about = 記録が損なわれていないか確かめる（0 無傷、1 損傷または別の照合値、2 読めない）
cli-completions-about = シェルの補完を出力する
cli-man-about = マニュアルページを出力する
cli-data = データフォルダ
cli-lang = 言語（ja または en）
cli-format = 出力の形式（text または json）
cli-format-table = 出力の形式（text、json、または記録の表 tsv）
cli-file = フローのファイル（省略時は内蔵のフロー）
cli-file-or-id = フローのファイルまたは名前
cli-title = 件名
cli-flow = フローのファイルまたは名前
cli-door = 始め方：saw（自分で見た）、staff（職員から聞いた）、vendor（ベンダから聞いた）、prepare（平時の確認）
cli-mode = live（実対応）または drill（訓練）
cli-recorder = 記録者
cli-site = 施設名
cli-dir = インシデントのフォルダ
cli-at = この番号の記録までの状態
cli-head = 別に控えた照合値「件数 64桁」
cli-shell = シェル
cli-words-all = どの指示にも付けられます：起きた日時と、実施した役割
cli-help = この説明を表示する
cli-version = 版を表示する
cli-help-about = コマンドの説明を表示する
cli-help-command = 説明を見るコマンド（例：incident do）
cli-usage = 使い方：
cli-usage-commands = コマンド
cli-usage-command = コマンド
cli-usage-any-options = [オプション]
cli-usage-arguments = 対象
cli-usage-options = オプション
cli-usage-default = （省略時 { $value }）
cli-usage-no-command = 「{ $what }」というコマンドはありません
cli-usage-unknown = 「{ $what }」は余分か、知らない指定です
cli-usage-missing = 足りないもの：{ $what }
cli-usage-twice = { $what } は一度しか指定できません
cli-usage-exclude = { $what } と { $other } は一緒に指定できません
cli-usage-not-utf8 = 引数が UTF-8 ではありません
cli-usage-no-value = { $what } の後に内容がありません
cli-usage-bad-value = { $what } に「{ $value }」は使えません
cli-usage-other = 引数を理解できません（{ $what }）
cli-usage-meant = もしかして：{ $what }
cli-usage-values = 使えるもの：{ $what }
cli-usage-more = 詳しくは --help を付けて実行してください
cli-sound = 問題なし：{ $name }（手順 { $steps }、判断 { $decisions }、状態 { $states }、{ $millis } ms）
cli-unsound = 問題あり：{ $name }（{ $count }件）
cli-problem = { $line }行{ $column }列：{ $message }。{ $hint }
cli-witness = 　そこへ至る道：{ $way }
way-door = 「{ $title }」で始める
way-done = { $id }「{ $title }」を完了する
way-chosen = { $id }「{ $question }」に「{ $answer }」と答える
cli-refused = refused: { $why }
cli-not-saved = not saved: { $why }
cli-cannot-read = 読めません：{ $path }：{ os-error }
cli-cannot-write = 出力を書き込めません：{ os-error }
cli-not-written = { journal-io }
cli-not-written-hint = { $reason ->
    [not-found] フォルダがありません。作るか、別のフォルダを選んでください
    [not-a-folder] 最後の「/」の前はフォルダ、後はファイルの名前にしてください
    [a-folder] 同じ名前のフォルダがあります。別の名前にしてください
    [bad-name] 文字と数字だけの短い名前にしてください
    [denied] このフォルダに書き込む権限がありません。別のフォルダを選んでください
    [read-only] このディスクには書き込めません。別のディスクを選んでください
    [full] ディスクを空けるか、別のディスクを選んでください
   *[other] ディスクの空き容量、接続、権限を確認して、もう一度試してください
  }
cli-no-flow = フロー「{ $id }」はありません。内蔵のフロー：{ $known }
cli-use-built-in = 内蔵のフローで始めるには --flow built-in を指定してください
cli-name-built-in = 内蔵のフローを使うには、FILE|ID に built-in と指定してください
cli-decoded = 入力は { $name } です。文字に直して記録します
cli-kept-bytes = 　文字として読めないバイトは \x92 のように書いて残しました
cli-intact = 無傷：{ $count }件、照合値 { $hash }
cli-head-unchecked = 控えた照合値がないため、末尾が書き換えられた・切られた可能性は排除できません（--head "件数 照合値"）
cli-head-checked = 控えた照合値と一致しました
cli-torn = 末尾の{ $bytes }バイトは記録として読めません。書き込みの途中で切れたか、変更されています
cli-other-head = 控えた照合値と一致しません。末尾が切られたか書き換えられています（ここにあるのは{ $count }件）
cli-bad-head = 照合値の書き方が違います。「件数」と16進32〜64桁を空白で区切って指定してください
cli-bad-at = { $at }番の記録はありません（{ $count }件あります）
cli-no-entries = このインシデントの記録は一つも読めません
cli-word-unknown = 「{ $word }」という指示はありません。使えるもの：{ $known }
cli-word-missing = 「{ $word }」に足りないもの：{ $what }
cli-word-extra = 「{ $word }」に余分な言葉：{ $what }
cli-word-no-option = 「{ $word }」に { $option } という指定はありません。書き方：{ $word } { $form }
cli-word-no-value = { $option } の後に内容がありません
cli-word-kind = --kind に「{ $text }」はありません。次のどれかです：{ $known }
cli-word-not-a-number = 「{ $text }」は数ではありません。書き方：{ $word } { $form }
cli-word-quote = 引用符が閉じていません
cli-word-moment = 「{ $text }」は日時として読めません（例：14:20、2026-11-21 14:20。年は1900〜2999）
cli-recovered = お知らせ：{ $what }
cli-or-plain-log = { $hint }。その間も、時刻付きの行は shodo log で残せます
cli-next = 　次：{ $nodes }
cli-parked = 　保留：{ $nodes }
cli-parked-why = 　保留：{ $nodes }（{ $why }）
cli-withdrawn = 　不要：{ $nodes }
cli-locked = 　条件が満たされる前の選択：{ $why }
cli-still-running = 　未報告のまま：{ $names }
cli-undecided = 　理由と決めた人がそろうまで未報告のまま：reason { $entry } … --by …
cli-held-before = 　これまで：{ $name }
cli-show-open = 対応中：{ $nodes }
cli-show-parked = 保留：{ $nodes }
cli-show-settled = { $how }：{ $nodes }
cli-show-duty = 報告の義務 { $name }：{ $duty }：{ $state }
cli-show-closed = 終了（{ $entry }番）
cli-show-ended = 本線は終わりに達しました：{ $end }
cli-show-items = 未対応：{ $items }
cli-undone = 　取り消し：{ $what }
cli-redone = 　取り消しを戻す：{ $what }
cli-show-undone = （取り消し済み：{ $undo }番）
cli-show-item = {"  "}#{ $number } { $kind }：{ $text }
cli-show-head = 記録 { $count }件、照合値 { $hash }
cli-window-missing = このプログラムは画面なしで作られています。コマンドラインではすべて使えます：shodo --help、時刻付きの記録だけなら shodo log
cli-none = なし
cli-mirror-about = 複製先フォルダ：記録の複製をUSBメモリなどに残します
cli-mirror-init-about = フォルダに目印を置き、記録が複製されるようにします
cli-mirror-folder = フォルダ（先に作っておきます）
cli-mirror-marker = このフォルダには Shodo が記録を複製します。このファイルがなければ、何も複製しません。
cli-mirror-marked = 準備ができました。settings.ron に書く行：{ $setting }

## 記録ファイル

os-error = { $reason ->
    [not-found] 見つかりません
    [denied] 権限がありません
    [full] 空き容量がありません
    [read-only] 書き込みが禁止されています
    [too-large] 大きすぎます
    [not-a-file] 通常のファイルではありません
    [a-folder] フォルダです
    [not-a-folder] フォルダではありません
    [bad-name] 名前が長すぎるか、そこでは使えません
    [silent] 応答がありません
    [not-utf8] UTF-8 ではありません
   *[other] { $says }
  }

settings-unreadable = 設定を読めないため、初期値で始めます：{ $path }：{ os-error }

journal-io = { $doing ->
    [read] 読み込めませんでした
    [write] 書き込めませんでした
    [sync] ディスクに確定できませんでした
    [create] 作成できませんでした
    [rename] 所定の場所に置けませんでした
    [cut] 書きかけの末尾を切り取れませんでした
   *[remove] 削除できませんでした
  }（{ os-error }）：{ $path }
journal-io-hint = ディスクの空き容量、接続、権限を確認して、もう一度試してください。保存済みの記録はすべて残っています
journal-not-a-journal = このプログラムの記録ファイルがありません：{ $path }
journal-not-a-journal-hint = インシデントのフォルダ（journal.ron があるもの）を選んでください。最初の記録が保存されなかったインシデントには journal.ron がありません
journal-begins-otherwise = ファイルはありますが、先頭がこのプログラムの記録になっていません。ほかのプログラムや編集ソフト、ディスクの故障で変わったのかもしれません：{ $path }
journal-begins-otherwise-hint = 中身を変えずに、フォルダ全体を別の場所に複製してください。複製先フォルダに複製があれば、それを開いてください。なければ、新しいインシデントか簡易記録（shodo log）で続けてください
journal-later-format = 記録ファイルの形式は { $format } ですが、このプログラムが読めるのは { $known } までです：{ $path }
journal-later-format-hint = 新しい版のプログラムで開いてください。何も変更していません
journal-exists = 新しいインシデントのフォルダが空ではありません：{ $path }
journal-exists-hint = 新しいフォルダか空のフォルダを選んでください
journal-already-failed = 前の記録を保存できなかったため、これ以上書き込みません：{ $path }
journal-already-failed-hint = まず前の記録をもう一度保存してください。それまでは紙にも記録してください
journal-changed-outside = このプログラム以外のものがファイルを変更しました：{ $path }
journal-changed-outside-hint = フォルダ全体を別の場所に複製してから、インシデントを開き直してください。それまでは紙に記録してください
journal-replaced = 書き込み中のファイルを、ほかのプログラムが削除したか置き換えました：{ $path }
journal-replaced-hint = フォルダ全体を別の場所に複製してから、インシデントを開き直してください。それまでは紙に記録してください
journal-out-of-order = 次の記録は { $expected } 番ですが { $found } 番が来たため、書き込みませんでした
journal-out-of-order-hint = インシデントを開き直して、もう一度入力してください。プログラムの不具合です。お知らせください
journal-not-a-first-entry = インシデントを開始する記録がここに合わないため、書き込みませんでした
journal-not-a-first-entry-hint = インシデントを始め直してください。プログラムの不具合です。お知らせください
journal-unwritable = この記録は、読み戻せる形で書き込めません：{ $says }
journal-unwritable-hint = 別の言葉で入力し、紙にも記録してください。プログラムの不具合です。お知らせください
journal-busy = 前の記録を保存中です
journal-busy-hint = 保存が終わるまでお待ちください。長くかかるときは、ディスクの接続を確認してください
journal-idle = 保存するものがありません
journal-idle-hint = そのまま続けてください
journal-writer-gone = 記録を保存する処理が終了したため、これ以上保存されません
journal-writer-gone-hint = プログラムを閉じてインシデントを開き直し、保存されなかったものを入力してください。それまでは紙に記録してください
journal-newline-added = 最後の記録は終わりの印だけが欠けていたため、補いました
journal-newline-added-hint = 失われたものはありません。そのまま続けてください
journal-tail-set-aside = 末尾の { $bytes } バイトは記録として読めないため（書き込みの途中で切れたか、変更されています）、取り分けて保管しました：{ $path }
journal-tail-set-aside-hint = 最後の記録を確かめ、足りないものを入力してください。取り分けたファイルは残しておいてください
journal-tail-left = 末尾の { $bytes } バイトは記録として読めません。書き込みの途中で切れたか、変更されています。何も変更していません
journal-tail-left-hint = ほかのプログラムが書き込み中かもしれません。そうでなければ、書き込み用に開くと取り分けられます
journal-read-asked = 閲覧専用で開きました
journal-read-asked-hint = 書き込むには、インシデントを開いてください
journal-held-by = { $host ->
    [unknown] 名前の分からない端末
   *[other] { $host }
 } の { $user ->
    [unknown] だれか
   *[other] { $user }
 } が { $since } から書き込み中です（プロセス { $process }）。閲覧専用で開きました
journal-holder-ended = 閲覧専用で開いた後に、書き込んでいたプログラム（プロセス { $process }、{ $since } から）が終了しました
journal-holder-ended-hint = 「この画面で記録を続ける」を押すと、ここから書き込めます
journal-held-by-hint = 相手にインシデントを閉じてもらうか、記録を任せてください
journal-no-permission = 書き込めないため、閲覧専用で開きました（{ os-error }）：{ $path }
journal-no-permission-hint = 権限、ディスクの空き容量、書き込み禁止を確認して、インシデントを開き直してください
journal-damaged = { $record } 番の記録{ $what ->
    [changed] {"は書き込まれた後に変更されています"}
    [not-a-record] {"はこのプログラムの記録ではありません"}
    [removed] {"がなく、その場所に "}{ $stands }{" 番の記録があります"}
    [inserted] {"の前に何かが挿入されています"}
    [not-an-entry] {"の内容を理解できません"}
    [opened-again] {"で、インシデントがもう一度開始されています"}
    [wrong-number] {"の番号が "}{ $stands }{" になっています"}
    [flow-missing] {"が指すフロー（flow.ron）がありません"}
    [flow-unreadable] {"が指すフロー（flow.ron）を読めません"}
   *[flow-changed] {"が指すフロー（flow.ron）が変更されています"}
  }。閲覧専用で開きました
journal-damaged-hint = フォルダ全体を別の場所に複製して保管してください。新しいインシデントで続け、紙の控えや、控えておいた照合値と比べてください
journal-intact = { $count } 件の記録はすべて正しいものです。控えた照合値がないため、末尾が切り取られたり書き換えられたりしていないとは言い切れません
journal-intact-hint = 別の場所に控えた照合値と比べてください：{ $count } { $hash }
journal-intact-checked = { $count } 件の記録はすべて正しく、控えた照合値と一致します
journal-intact-checked-hint = 新しい照合値を控えてください：{ $count } { $hash }
journal-other-head = { $count } 件の記録は、{ $record } 番の時点で控えた照合値と一致しません。末尾が切り取られたか書き換えられています
journal-other-head-hint = まず控えた照合値の写し間違いを確かめてください。フォルダはそのまま保管し、複製や紙の控えと比べてください

## 簡易記録
cli-log-about = 簡易記録：標準入力の行を、時刻を付けて残す（ほかの何も使えないとき）
cli-log-to = 簡易記録を置くフォルダ（省略時はデータのフォルダ、書類のフォルダ、一時フォルダの順）
cli-log-file = 簡易記録のファイル
cli-incident-join-about = 簡易記録の行を、書いた時刻とともにインシデントの記録に加える（加えてある行は飛ばす）
log-line-saved = { $number } { $at } 保存済み { $path }
log-line-saved-temporary = { $number } { $at } 保存済み { $path } （一時フォルダのため再起動で消えることがあります。別の場所を指定してください：shodo log --to フォルダ）
log-passed-over = { $path } には保存できないため、別のフォルダに保存します：{ $says }
log-line-not-saved = { $number } { $at } 保存できていません：{ $says }（--to フォルダ で保存先を指定できます）
plain-disk-silent = 保存先が応答していません
log-joined = { $all } 行のうち { $count } 行を加えました（読めない行 { $unread }）
log-means = 簡易記録

cli-renderer = 画面の描き方（指定がなければ glow、開けなければ wgpu）
cli-startup-report = 最初の画面が出るまでのミリ秒を表示して終わる
cli-crashed = プログラムの不具合で止まりました。保存済みと表示された記録は失われていません。不具合の控え（記録の内容は含みません）：{ $path }。書き留めるだけなら shodo log
cli-window-failed = 画面を開けません（{ $why }）。コマンドラインではすべて使えます：shodo --help、時刻付きの記録だけなら shodo log
cli-window-crashed = 前回、どの描き方でも画面が出る前に止まりました。--renderer glow で試し直せます

## 複製先フォルダ

mirror-off = 複製先フォルダは設定されていません
mirror-copying = 複製先フォルダ：複製中です
mirror-up-to = 複製先フォルダ：{ $count } 番の記録まで複製済みです
mirror-waiting = 複製先フォルダ：応答がないため、複製が遅れています。記録そのものに影響はありません
mirror-waiting-hint = 応答があり次第、足りない分を複製します。続くときは、USBメモリの挿し直しか交換を試してください
mirror-relative = 複製先フォルダ：パスが途中から書かれているため、複製していません。記録そのものに影響はありません
mirror-relative-hint = 「/」かドライブ名から始まるパスを、省略せずに書いてください
mirror-not-a-folder = 複製先フォルダ：指定されているのはフォルダではなくファイルか装置のため、複製していません。記録そのものに影響はありません
mirror-not-a-folder-hint = USBメモリなどのフォルダを指定してください
mirror-same-place = 複製先フォルダ：インシデントそのものを保存している場所のため、複製していません。記録そのものに影響はありません
mirror-same-place-hint = USBメモリなど、別のディスクにあるフォルダを指定してください
mirror-in-the-way = 複製先フォルダ：複製用のフォルダを作る場所にファイルがあるため、複製していません：{ $path }。記録そのものに影響はありません
mirror-in-the-way-hint = そのファイルを移すか、名前を変えてください。数秒ごとにもう一度試します
mirror-missing = 複製先フォルダ：見つからないため、複製していません。記録そのものに影響はありません
mirror-missing-hint = USBメモリを挿し直してください。足りない分はそのとき複製します
mirror-unmarked = 複製先フォルダ：目印のファイル shodo-mirror がないため、複製していません。記録そのものに影響はありません
mirror-unmarked-hint = USBメモリが挿してあり、フォルダが正しければ、一度だけ実行してください：shodo mirror init FOLDER
mirror-diverged = 複製先フォルダ：複製の内容がこの記録の初めの部分と一致しません。複製はそのまま残し、何も書き込みません
mirror-diverged-hint = 両方のフォルダを保管して比べてください。どちらかが変更されたか、古いものに置き換えられています。その後、複製を別の場所に移すと、新しく複製を始めます
mirror-failed = 複製先フォルダ：複製できませんでした（{ os-error }）：{ $path }。記録そのものに影響はありません
mirror-failed-hint = USBメモリの空き容量と書き込み禁止を確認してください。数秒ごとにもう一度試します

## フロー図
chart-end = 終了
chart-opened = 開始と同時に
chart-ticked = 項目{ $number }を済ませたら
chart-when = { $guard }のとき
chart-chosen = { $id }が「{ $answers }」
chart-not-chosen = { $id }が「{ $answers }」以外
chart-settled = { $nodes }が済み
chart-rows-settled = 「{ $table }」の全行が済み
chart-and = かつ
chart-or = ・
chart-remind = （改めて確認）
chart-ask = （改めて実施）
chart-renew = （2回目からは改めて）
chart-offer = （見直しを提案）
chart-attempts = { $count }回目
chart-overdue = 期限超過
chart-as-of = 記録{ $count }件目（{ $at }）までの状態
chart-legend-step = 手順
chart-legend-side = 並行して行う手順（他を待たせない）
chart-legend-decision = 判断
chart-legend-ours = 当ソフトの追加（原文にはない）
chart-legend-door = ここから始まる
chart-legend-fact = 事実があれば、いつでも始まる
chart-legend-all = すべてそろってから
chart-legend-thin = 細い線：すでに始まったものを改めて求める
chart-legend-travelled = 通った道
chart-page = { $number }/{ $count }枚目（{ $row }段目・{ $column }列目）
cli-flow-chart-about = フロー図をファイルに書き出す
cli-chart-incident = インシデントのフォルダ：どこまで進んだかを図に重ねる
cli-chart-out = 書き出すファイル（.svg・.png 図、.mmd Mermaid、.dot Graphviz）
cli-chart-written = フロー図を書き出しました：{ $path }
cli-chart-paper = 壁に貼れるように、この用紙の複数ページに分けて書き出す（.svg、.png）
cli-chart-scale = ページ上での大きさ（パーセント）
cli-chart-pages = フロー図を書き出しました：{ $first } から { $last } まで（{ $count }枚：{ $rows }段 × { $columns }列、{ $paper }{ $turned ->
    [sideways] 横
   *[upright] 縦
 }）
cli-chart-some-pages = { $why }（{ $count }枚のうち書き出せたのは{ $written }枚です）
cli-chart-no-pages = ページに分けて書き出せるのは図だけです：{ $path }
cli-chart-no-pages-hint = 名前の終わりを .svg か .png にするか、--paper を外してください
cli-chart-too-many-pages = { $count }枚になります。書き出せるのは{ $limit }枚までです
cli-chart-too-many-pages-hint = --scale を小さくするか、用紙を大きくしてください
cli-chart-too-large = 画像が { $width } × { $height } ピクセルになります。書き出せるのは一辺 { $side }、全体で { $pixels } ピクセルまでです
cli-chart-too-large-hint = --paper a3 でページに分けるか、.svg で書き出してください
cli-chart-ending = この名前では、何の形式で書き出すか分かりません：{ $path }
cli-chart-ending-hint = 名前の終わりを次のどれかにしてください：{ $known }

# 時刻の読み方
day-today = 今日
day-yesterday = 昨日
day-tomorrow = 明日
moment-taken = { $at } と読みます
moment-taken-odd = { $at } と読みます（{ $why }）
moment-far-back = 12時間より前です
moment-before-opening = インシデントを開始する前です
moment-ahead = 今より後です
cli-taken = 　{ $taken }
zone-named = 時刻はすべて { $zone }
zone-other = 時刻はすべて、この記録の { $zone } で読み、表示します（このパソコンは { $here }）
zone-unknown = 時間帯の設定 TZ={ $name } は分かりません。{ $here } として扱います。設定を正してから、もう一度始めてください

# 記録の表
table-number = 番号
table-happened = 発生時刻（{ $zone }）
table-recorded = 記録時刻（{ $zone }）
table-by = 記録者
table-role = 役割
table-kind = 種別
table-node = 手順・判断
table-text = 内容
table-struck = 取消・訂正
table-corrected = 訂正後
table-flags = 注意
table-is-struck = 取消
table-is-corrected = 訂正
table-words-struck = 添えた言葉を取消
table-words-corrected = 添えた言葉を訂正
table-lacks-reason = 理由が未記入
kind-opened = 開始
kind-titled = 件名
kind-site = 施設
kind-recorder = 記録者
kind-tick = チェック
kind-untick = チェックを外す
kind-field = 記入
kind-cell = 表の記入
kind-done = 完了
kind-change = 回答の変更
kind-choose = 判断
kind-skip = 省略
kind-start = 先に着手
kind-park = 保留
kind-resume = 再開
kind-bring-back = 必要に戻す
kind-reopen = やり直し
kind-ask-again = 再確認
kind-assign = 割り当て
kind-deputy = 代行
kind-handover = 交代
kind-release = 役割から外す
kind-settle = 対応済み
kind-reason = 理由
kind-correct = 訂正
kind-knew = 認識
kind-close = 終了
kind-reopen-incident = インシデントの再開
table-is-undone = 取り消し済み（{ $undo }番）
kind-report = 報告
kind-not-report = 報告しない決定
kind-impossible = 実施不能
kind-not-applicable = 該当なし
kind-undo = 取り消し
kind-redo = 取り消しの取り消し
