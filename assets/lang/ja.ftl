
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
