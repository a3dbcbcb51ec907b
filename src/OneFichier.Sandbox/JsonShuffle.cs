using System.Text.Json.Nodes;

namespace OneFichier.Sandbox;

/// <summary>JSON with its members in arbitrary order, as a Perl hash prints them.</summary>
internal static class JsonShuffle
{
    public static JsonNode Shuffled(JsonNode json, IdSource order)
    {
        if (json is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
                if (array[i] is JsonObject inner)
                    array[i] = Shuffled(inner, order);
            return array;
        }

        if (json is not JsonObject obj)
            return json;
        var members = obj.ToArray();
        obj.Clear();
        order.Shuffle(members);
        return new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Shuffled(m.Value, order))));
    }
}
