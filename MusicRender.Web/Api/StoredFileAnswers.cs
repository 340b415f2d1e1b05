using Microsoft.Net.Http.Headers;
using MusicRender.Engine.Library;

namespace MusicRender.Web.Api;

/// <summary>Finished files as answers: whole or in ranges, wherever they are.</summary>
internal static class StoredFileAnswers
{
    /// <summary>Answers with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="context">The request.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="name">The name for whoever saves it.</param>
    /// <param name="isAttachment">Whether it is to be saved rather than played.</param>
    /// <param name="tag">What tells this file from every other of this address.</param>
    public static IResult ToAnswer(this StoredFile file, HttpContext context, string contentType, string name, bool isAttachment, string tag)
    {
        context.Request.IgnoreOtherRanges();
        var disposition = new ContentDispositionHeaderValue(isAttachment ? "attachment" : "inline");
        disposition.SetHttpFileName(name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        var entityTag = new EntityTagHeaderValue($"\"{tag}\"");
        return file.Path is { } path
            ? TypedResults.PhysicalFile(path, contentType, lastModified: file.ModifiedAt, entityTag: entityTag, enableRangeProcessing: true)
            : TypedResults.Stream(file.Open(), contentType, lastModified: file.ModifiedAt, entityTag: entityTag, enableRangeProcessing: true);
    }

    /// <summary>Takes away a range of another unit than bytes, which the framework takes for one of bytes.</summary>
    public static void IgnoreOtherRanges(this HttpRequest request)
    {
        if (request.GetTypedHeaders().Range is { } range && range.Unit != "bytes")
        {
            request.Headers.Range = default;
        }
    }
}
