#include <stdlib.h>
#include "table.h"

#define LEVEL portable
#define BYTES 0
#define SOFTWARE_FMA 1
#include "level.h"
