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
entry-decider = 決定者：{ $text }
entry-told = 伝達先：{ $text }
entry-opened = { $mode }を開始（{ $door }） { $text }
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
entry-started = 先に着手 { $node }
entry-parked = 保留 { $node }
entry-resumed = 再開 { $node }
entry-brought-back = 不要の取り消し { $node }
entry-reopened = やり直し { $node }
entry-asked-again = 再度の判断 { $node }：{ $text }
entry-assigned = 役割 { $role }：{ $name }
entry-deputy = 代行者 { $role }：{ $name }
entry-released = 役割を解除 { $role }：{ $name }
entry-handed-over = 交代 { $role }：{ $from } → { $name } { $text }
entry-from-to = （{ $from } → { $to }）
entry-means = 〔{ $text }〕
entry-settled = 未対応を解消（{ $of }番） { $text }
entry-reason = 理由を追記（{ $of }番）
entry-corrected = 訂正（{ $of }番）：{ $text }
entry-struck = 抹消（{ $of }番）
entry-known = 覚知 { $duty }：{ $who }（根拠：{ $ground }）
entry-closed = 事案を終了
entry-closed-open = 事案を終了（未了：{ $left }）
entry-incident-reopened = 事案を再開

## 時計
clock-backwards = 時計が前の記録より戻っています
clock-far-ahead = 時計が前の記録より31日を超えて進んでいます
clock-other-offset = 時差の設定が前の記録と異なります
clock-happened-later = 発生時刻が記録時刻より後です

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
what-door = 開始のしかた
what-table = 表
what-column = 列
what-entry = 記録の番号
what-open = 未了のもの
what-contact = 連絡先
what-situation = 状況
what-phase = フェーズ
what-end = 終わり
what-roles = 役割
what-phases = フェーズ
what-doors = 開始のしかた
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
expects-moment = 日時（例：14:20、2026-11-21 14:20）

## 断り
refusal-unknown = { $what }「{ $id }」はありません。フローの番号や名前を確かめてください
refusal-unknown-known = { $what }「{ $id }」はありません。次のどれかですか：{ $known }
refusal-bad-value = 「{ $field }」には{ $expects }を入力してください
refusal-bad-choice = 「{ $field }」は次のどれかです：{ $known }
refusal-empty = 内容が空です。文字を入力してください
refusal-too-long = 長すぎます（{ $bytes }バイト、上限{ $limit }バイト）。分けて記録するか、ファイルとして添付してください
refusal-already-settled = { $id } は済んでいます。やり直すには reopen { $id }
refusal-already-answered = { $id } は「{ $option }」と答えてあります。変えるには change { $id } …
refusal-same-answer = { $id } の答えは既に「{ $option }」です。改めて問うには ask-again { $id } …
refusal-not-a-step = { $id } は判断です。choose { $id } … で答えてください
refusal-not-a-decision = { $id } は手順です。done { $id } で完了してください
refusal-ground-of = { $id } は手順 { $step } の根拠です。done { $step } または skip { $step } を使ってください
refusal-already-open = { $id } は既に対応中です
refusal-not-open = { $id } は対応中ではないため保留にできません。着手するには start { $id }
refusal-not-parked = { $id } は保留されていません。着手するには start { $id }
refusal-not-withdrawn = { $id } は不要になっていません。着手するには start { $id }
refusal-not-settled = { $id } はまだ済んでいません。着手するには start { $id }
refusal-already-ticked = { $id } の項目 { $item } は済です。取り消すには untick { $id } { $item }
refusal-not-ticked = { $id } の項目 { $item } は済になっていません
refusal-is-table = 「{ $table }」は表です。row { $table } 行の名前 列 値 で記入してください
refusal-nothing-to-correct = { $entry }番は状態の変更です。訂正できるのは文と値だけです。untick、reopen、change を使ってください
refusal-no-open-item = { $entry }番に未対応のものはありません
refusal-not-in-role = { $name } は「{ $role }」に就いていません
refusal-in-role = { $name } は既に「{ $role }」です
refusal-closed = 事案は終了しています。続けるには reopen incident
refusal-not-closed = 事案は終了していません
refusal-opened = 事案は既に開始されています
refusal-not-opened = 事案がまだ開始されていません

## フローの問題
problem-too-large = ファイルが大きすぎます（{ $bytes }バイト）
problem-too-large-hint = 上限は{ $limit }バイトです
problem-later-format = 形式 { $format } のファイルです。このプログラムは形式 { $known } まで読めます
problem-later-format-hint = 新しい版のプログラムで開くか、同梱のフローを使ってください
problem-syntax = 書き方が正しくありません：{ $says }
problem-syntax-hint = この位置の前後の括弧、コンマ、引用符、項目名を確かめてください
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
session-flow-unsound = 記録と一緒に置かれたフローに問題があります：{ $says }

## コマンドライン
cli-about = 医療情報システムの障害時に、厚生労働省のフローに沿って初動対応を導き、記録します。ネットワークは使いません。
cli-flow-about = フローを調べる、見る
cli-flow-check-about = フローを確かめる（0 問題なし、1 問題あり、2 読めない）
cli-flow-show-about = フローの手順、判断、原文を表示する
cli-incident-about = 事案を始める、進める、見る
cli-incident-new-about = 事案を始め、フォルダを表示する
cli-incident-do-about = 標準入力から1行1つの指示を読み、保存できたら1行で答える
cli-incident-show-about = 事案の状態と経過を表示する
cli-journal-about = 記録を確かめる
cli-journal-verify-about = 記録が損なわれていないか確かめる（0 無傷、1 損傷または別の指紋、2 読めない）
cli-completions-about = シェルの補完を出力する
cli-man-about = マニュアルページを出力する
cli-data = データフォルダ
cli-lang = 言語（ja または en）
cli-format = 出力の形式（text または json）
cli-file = フローのファイル（省略時は内蔵のフロー）
cli-file-or-id = フローのファイルまたは名前
cli-title = 件名
cli-flow = フローのファイルまたは名前
cli-door = 始め方：saw（自分で見た）、staff（職員から聞いた）、vendor（ベンダから聞いた）
cli-mode = live（実対応）または drill（訓練）
cli-recorder = 記録者
cli-site = 施設名
cli-dir = 事案のフォルダ
cli-at = この番号の記録までの状態
cli-head = 別に控えた指紋「件数 64桁」
cli-shell = シェル
cli-sound = 問題なし：{ $name }（手順 { $steps }、判断 { $decisions }、状態 { $states }、{ $millis } ms）
cli-unsound = 問題あり：{ $name }（{ $count }件）
cli-problem = { $line }行{ $column }列：{ $message }。{ $hint }
cli-witness = 　そこへ至る道：{ $moves }
cli-refused = refused: { $why }
cli-not-saved = not saved: { $why }
cli-cannot-read = 読めません：{ $path }：{ $says }
cli-no-flow = フロー「{ $id }」はありません。内蔵のフロー：{ $known }
cli-use-built-in = 同梱のフローで始めるには --flow built-in を指定してください
cli-not-utf8 = 行が UTF-8 ではありません。この行は記録していません
cli-intact = 無傷：{ $count }件、指紋 { $hash }
cli-head-unchecked = 控えた指紋がないため、末尾が書き換えられた・切られた可能性は排除できません（--head "件数 指紋"）
cli-head-checked = 控えた指紋と一致しました
cli-torn = 最後の行が途中で切れています（{ $bytes }バイト）。書きかけの記録で、損傷ではありません
cli-other-head = 控えた指紋と一致しません。末尾が切られたか書き換えられています（ここにあるのは{ $count }件）
cli-bad-head = 指紋の書き方が違います。「件数 64桁の16進」で指定してください
cli-bad-at = { $at }番の記録はありません（{ $count }件あります）
cli-word-unknown = 「{ $word }」という指示はありません。使えるもの：{ $known }
cli-word-missing = 「{ $word }」に足りないもの：{ $what }
cli-word-extra = 「{ $word }」に余分な言葉：{ $what }
cli-word-quote = 引用符が閉じていません
cli-word-moment = 「{ $text }」は日時として読めません（例：14:20、2026-11-21 14:20）
cli-recovered = お知らせ：{ $what }
cli-next = 　次：{ $nodes }
cli-show-open = 対応中：{ $nodes }
cli-show-parked = 保留：{ $nodes }
cli-show-closed = 終了（{ $entry }番）
cli-show-ended = 本線は終わりに達しました：{ $end }
cli-show-items = 未対応：{ $items }
cli-show-head = 記録 { $count }件、指紋 { $hash }
cli-window-missing = このプログラムは画面なしで作られています。「shodo --help」でコマンドラインの使い方を見られます
cli-none = なし

## 記録ファイル

journal-io = { $doing ->
    [read] 読み込めませんでした
    [write] 書き込めませんでした
    [sync] ディスクに確定できませんでした
    [create] 作成できませんでした
    [rename] 所定の場所に置けませんでした
    [cut] 書きかけの末尾を切り取れませんでした
   *[remove] 削除できませんでした
  }（{ $says }）：{ $path }
journal-io-hint = ディスクの空き容量、接続、権限を確認して、もう一度試してください。保存済みの記録はすべて残っています
journal-not-a-journal = このプログラムの記録ファイルがありません：{ $path }
journal-not-a-journal-hint = インシデントのフォルダー（journal.ron があるもの）を選んでください。最初の記録が保存されなかったインシデントには journal.ron がありません
journal-later-format = 記録ファイルの形式は { $format } ですが、このプログラムが読めるのは { $known } までです：{ $path }
journal-later-format-hint = 新しい版のプログラムで開いてください。何も変更していません
journal-exists = 新しいインシデントのフォルダーが空ではありません：{ $path }
journal-exists-hint = 新しいフォルダーか空のフォルダーを選んでください
journal-already-failed = 前の記録を保存できなかったため、これ以上書き込みません：{ $path }
journal-already-failed-hint = まず前の記録をもう一度保存してください。それまでは紙にも記録してください
journal-changed-outside = このプログラム以外のものがファイルを変更しました：{ $path }
journal-changed-outside-hint = フォルダー全体を別の場所に複製してから、インシデントを開き直してください。それまでは紙に記録してください
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
journal-tail-set-aside = 記録の末尾に読めない { $bytes } バイトがあったため、取り分けて保管しました：{ $path }
journal-tail-set-aside-hint = 最後の記録を確かめ、足りないものを入力してください。取り分けたファイルは残しておいてください
journal-tail-left = 記録の末尾に読めない { $bytes } バイトがあります。何も変更していません
journal-tail-left-hint = ほかのプログラムが書き込み中かもしれません。そうでなければ、書き込み用に開くと取り分けられます
journal-read-asked = 閲覧専用で開きました
journal-read-asked-hint = 書き込むには、インシデントを開いてください
journal-held-by = { $host } の { $user } が { $since } から書き込み中です（プロセス { $process }）。閲覧専用で開きました
journal-held-by-hint = 相手にインシデントを閉じてもらうか、記録を任せてください
journal-no-permission = 書き込めないため、閲覧専用で開きました（{ $says }）：{ $path }
journal-no-permission-hint = 権限、ディスクの空き容量、書き込み禁止を確認して、インシデントを開き直してください
journal-damaged = { $record } 番の記録{ $what ->
    [changed] {"は書き込まれた後に変更されています"}
    [not-a-record] {"はこのプログラムの記録ではありません"}
    [removed] {"がなく、その場所に "}{ $stands }{" 番の記録があります"}
    [inserted] {"の前に何かが挿入されています"}
    [not-an-entry] {"の内容を理解できません"}
    [wrong-number] {"の番号が "}{ $stands }{" になっています"}
   *[flow-changed] {"が指すフロー（flow.ron）がないか、変更されています"}
  }。閲覧専用で開きました
journal-damaged-hint = フォルダー全体を別の場所に複製して保管してください。新しいインシデントで続け、紙の控えや書き留めた照合値と比べてください
journal-intact = { $count } 件の記録はすべて正しいものです。書き留めた照合値がないため、末尾が切り取られたり書き換えられたりしていないとは言い切れません
journal-intact-hint = 別の場所に書き留めた照合値と比べてください：{ $count } { $hash }
journal-intact-checked = { $count } 件の記録はすべて正しく、書き留めた照合値と一致します
journal-intact-checked-hint = 新しい照合値を書き留めてください：{ $count } { $hash }
journal-other-head = { $count } 件の記録は、{ $record } 番の時点で書き留めた照合値と一致しません。末尾が切り取られたか書き換えられています
journal-other-head-hint = まず書き留めた照合値の写し間違いを確かめてください。フォルダーはそのまま保管し、複製や紙の控えと比べてください
