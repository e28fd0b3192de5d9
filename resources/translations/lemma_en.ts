<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- English: only the texts with a number in them, which have two forms. -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lemma::app::TutorTurnView</name>
    <message numerus="yes">
        <source>%n step(s) left</source>
        <translation>
            <numerusform>%n step left</numerusform>
            <numerusform>%n steps left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) ready</source>
        <translation>
            <numerusform>%n step ready</numerusform>
            <numerusform>%n steps ready</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lemma::app::SummaryTexts</name>
    <message numerus="yes">
        <source>Thought: %n token(s)</source>
        <translation>
            <numerusform>Thought: %n token</numerusform>
            <numerusform>Thought: %n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer: %n token(s)</source>
        <translation>
            <numerusform>Answer: %n token</numerusform>
            <numerusform>Answer: %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lemma::app::PhaseBar</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
