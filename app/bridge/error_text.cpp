#include "app/bridge/error_text.h"

#include <QCoreApplication>

#include "app/bridge/text.h"

namespace lemma::app {

namespace {

struct ErrorTexts {
    Q_DECLARE_TR_FUNCTIONS(lemma::app::ErrorTexts)
};

struct Sentences {
    QString happened;
    QString wayOut;
};

Sentences sentences(engine::ErrorCode code)
{
    using engine::ErrorCode;
    switch (code) {
    case ErrorCode::InvalidArgument:
        return {ErrorTexts::tr("This request cannot be carried out as it is."),
                ErrorTexts::tr("Shorten or change the text and send it again.")};
    case ErrorCode::NotFound:
        return {ErrorTexts::tr("A file that is needed is not there any more."),
                ErrorTexts::tr("Choose another model at the top right, or put the file back.")};
    case ErrorCode::CorruptFile:
        return {ErrorTexts::tr("The file is damaged or incomplete."),
                ErrorTexts::tr("Download or copy it again, or choose another model at the top right.")};
    case ErrorCode::Unsupported:
        return {ErrorTexts::tr("Lemma does not know this kind of model or file."),
                ErrorTexts::tr("Choose another model at the top right. Details name what is not known.")};
    case ErrorCode::OutOfMemory:
        return {ErrorTexts::tr("There is not enough memory for this."),
                ErrorTexts::tr("Close other programs, or choose a smaller model at the top right.")};
    case ErrorCode::DeviceLost:
        return {ErrorTexts::tr("The graphics card stopped answering. Your text is kept."),
                ErrorTexts::tr("Send again to go on with the processor, or restart Lemma to use the card again.")};
    case ErrorCode::Cancelled: return {ErrorTexts::tr("Stopped."), ErrorTexts::tr("Send again when you like.")};
    case ErrorCode::Io:
        return {ErrorTexts::tr("Reading or writing a file failed."),
                ErrorTexts::tr("Check that the disk is there, has room and may be written to, then try again.")};
    case ErrorCode::Timeout:
        return {ErrorTexts::tr("This took longer than allowed and was ended."), ErrorTexts::tr("Try it again.")};
    case ErrorCode::Internal: break;
    }
    return {ErrorTexts::tr("Something went wrong inside Lemma. Your text is kept."),
            ErrorTexts::tr("Try again. If it happens again, please report it together with the details.")};
}

} // namespace

ErrorText errorText(const engine::Error& error)
{
    const Sentences known = sentences(error.code);
    const QString details = toQString(engine::errorCodeName(error.code)) + QStringLiteral(": ") +
                            toQString(std::string_view(error.message));
    return {known.happened, known.wayOut, details};
}

QString endReasonText(engine::EndReason reason)
{
    using engine::EndReason;
    switch (reason) {
    case EndReason::Eos:
    case EndReason::Stop: return {};
    case EndReason::Length: return ErrorTexts::tr("The text ends here because it reached the length limit.");
    case EndReason::Context: return ErrorTexts::tr("The text ends here because the model's context is full.");
    case EndReason::Budget: return ErrorTexts::tr("The thinking budget ran out before there was an answer.");
    case EndReason::Loop: return ErrorTexts::tr("The model began to repeat itself, so it was stopped.");
    case EndReason::Cancelled: return ErrorTexts::tr("You stopped the model here.");
    case EndReason::Error: return ErrorTexts::tr("An error ended the text here.");
    case EndReason::Crash: return ErrorTexts::tr("Lemma was closed while this was being written. This much was kept.");
    }
    return {};
}

} // namespace lemma::app
