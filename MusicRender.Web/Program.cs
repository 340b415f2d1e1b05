using MusicRender.Web.Studio;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMusicRenderStudio();
var app = builder.Build();
app.MapMusicRenderStudio();
app.Run();
