using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.DeadLetters.Bodies.Protobuf;

/// <summary>Reads files of descriptors as protoc writes them.</summary>
internal static class DescriptorFiles
{
    /// <summary>All messages of the files, by their full names.</summary>
    /// <exception cref="InvalidOperationException">A file is not there or is no set of descriptors.</exception>
    public static IReadOnlyDictionary<string, MessageDescriptor> Read(IReadOnlyList<string> files)
    {
        var messages = new Dictionary<string, MessageDescriptor>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            try
            {
                var set = FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(file));
                foreach (var message in FileDescriptor.BuildFromByteStrings(set.File.Select(one => one.ToByteString())).SelectMany(one => one.MessageTypes))
                {
                    Add(message, messages);
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidProtocolBufferException or DescriptorValidationException or ArgumentException)
            {
                throw new InvalidOperationException(
                    $"dead-letters.schemas.descriptors: {file} cannot be read: {unreadable.Message} Make it with: protoc --include_imports --descriptor_set_out={Path.GetFileName(file)} …", unreadable);
            }
        }

        return messages;
    }

    private static void Add(MessageDescriptor message, Dictionary<string, MessageDescriptor> into)
    {
        into[message.FullName] = message;
        foreach (var nested in message.NestedTypes)
        {
            Add(nested, into);
        }
    }
}
