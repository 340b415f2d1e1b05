using Microsoft.AspNetCore.Components;

namespace MusicRender.Web.Components.Controls;

/// <summary>
/// A component that is drawn again with its parent only when it looks different then: a letter typed somewhere on a page need not draw
/// all of it. What happens in the component itself always draws it.
/// </summary>
public abstract class ThriftyComponent : ComponentBase
{
    private object? _drawn;
    private bool _isSame;
    private bool _isGiven;

    /// <summary>Everything that its looks follow from, as a value: a tuple of texts, numbers and immutable objects. Null draws it.</summary>
    protected abstract object? Looks { get; }

    /// <inheritdoc/>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        _isGiven = true;
        var task = base.SetParametersAsync(parameters);
        _isGiven = false;
        return task;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var looks = Looks;
        _isSame = looks is not null && looks.Equals(_drawn);
        _drawn = looks;
    }

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        if (_isGiven)
        {
            return !_isSame;
        }

        _drawn = null;
        return true;
    }
}
