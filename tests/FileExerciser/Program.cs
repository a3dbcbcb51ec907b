using FileExerciser;

// FileExerciser FOLDER SEED OPERATIONS: random work on one file of a folder, compared with a model after every step that reads.
var (folder, seed, operations) = (args[0], int.Parse(args[1]), int.Parse(args[2]));
using var exercise = new Exercise(Path.Combine(folder, $"exercise-{seed}"), seed);
for (var n = 0; n < operations; n++)
{
    try
    {
        exercise.Step();
    }
    catch (Exception e)
    {
        Console.Error.WriteLine($"seed {seed}, operation {n}: {e.Message}\n{string.Join('\n', exercise.Log.TakeLast(30))}");
        return 1;
    }
}

exercise.CheckAll();
return 0;
