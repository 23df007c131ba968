// Finds objects in a PPM picture: detect MODEL PICTURE.ppm
//
// Part of yolotorch; copy it freely. Any decoder will do: all that Predict
// needs is pixels in memory.
#include <yolotorch/model.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s MODEL PICTURE.ppm\n", argv[0]);
    return 2;
  }
  std::ifstream file(argv[2], std::ios::binary);
  std::string magic;
  int width = 0;
  int height = 0;
  int maximum = 0;
  file >> magic >> width >> height >> maximum;
  file.get();
  std::vector<std::uint8_t> pixels(std::size_t(3) * width * height);
  file.read(reinterpret_cast<char*>(pixels.data()), pixels.size());
  if (!file || magic != "P6" || maximum != 255) {
    std::fprintf(stderr, "'%s' is no binary PPM with 8 bits a colour\n",
                 argv[2]);
    return 1;
  }
  try {
    yolotorch::Model model = yolotorch::Model::Load(argv[1]);
    const yolotorch::ImageView picture{pixels.data(), width, height, 0,
                                       yolotorch::PixelFormat::kRgb};
    for (const yolotorch::Detection& d : model.Predict(picture).detections) {
      std::printf("%s %.3f %.1f %.1f %.1f %.1f\n",
                  model.info().names.at(d.class_id).c_str(), d.confidence, d.x1,
                  d.y1, d.x2, d.y2);
    }
  } catch (const yolotorch::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
